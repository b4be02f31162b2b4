import RolloutModel

/// The plan of a runbook, and how far it is: the output of `runbook --dry-run`.
package struct RunbookReport: Encodable {
    var runbook: String
    var stages: [Stage]
    /// The holds of the runbook itself. Each stage has gates of its own.
    var holds: [RunbookHoldReport]
    /// Holds that a person passed over, with the reasons.
    var passed: [String]

    struct Stage: Encodable {
        var number: Int
        var name: String
        /// `hosts` or `platform`.
        var kind: String
        var what: String
        /// `done`, `under-way` or `to-come`.
        var state: String
        /// The rollout that did it, or does; nil for a stage to come.
        var rollout: String?
    }

    /// - Parameters:
    ///   - state: how far the runbook is.
    ///   - sight: the rollout of the stage at work.
    package init(_ state: RunbookState, seeing sight: StageSight, holds: [RunbookHold]) {
        runbook = state.name.rawValue
        stages = zip(state.runbook.stages, state.courses).enumerated().map { index, pair in
            Stage(number: index + 1, stage: pair.0, course: pair.1, sight: sight)
        }
        self.holds = holds.map { RunbookHoldReport($0) }
        passed = state.passed.map { ForeignText.line("passed over, as '\($1)': \($0.says)") }.sorted()
    }

    package func lines(on terminal: Terminal) -> [String] {
        var table = Columns(header: ["#", "STAGE", "WHAT", "STATE", "ROLLOUT"])
        for stage in stages {
            let colour: Terminal.Colour? =
                switch stage.state {
                case "done": .green
                case "under-way": .yellow
                default: nil
                }
            table.rows.append([
                .init("\(stage.number)"), .init(stage.name), .init(stage.what), .init(stage.state, colour),
                .init(stage.rollout ?? "-"),
            ])
        }
        table.dispensable = ["ROLLOUT"]
        return ["Runbook '\(runbook)', in this order:", ""] + table.lines(on: terminal)
            + passed.flatMap { terminal.lines(of: $0) }
    }

    /// The work of a stage in a few words.
    static func words(_ stage: RunbookStage) -> String {
        switch stage.work {
        case .hosts(let hosts):
            let names = hosts.hosts.map { Names.text($0.map(\.rawValue)) } ?? "all hosts"
            let stop = hosts.stopAfter.map { ", stops after \($0)" } ?? ""
            return ForeignText.line("\(names) to \(hosts.to)\(stop)")
        case .platform(let platform):
            let wish = PlatformRelease.of(platform.to)?.coreOS
            let made = wish.map { ", made for CoreOS \($0)" } ?? ""
            return "the platform to Deis \(platform.to), \(platform.way.rawValue)\(made)"
        }
    }
}

extension RunbookReport.Stage {
    init(number: Int, stage: RunbookStage, course: RunbookState.StageCourse, sight: StageSight) {
        self.number = number
        name = stage.name.rawValue
        what = RunbookReport.words(stage)
        switch stage.work {
        case .hosts: kind = "hosts"
        case .platform: kind = "platform"
        }
        switch (course, sight) {
        case (.ended(let rollout, _), _), (.begun(let rollout), .ended(.whole, _)):
            (state, self.rollout) = ("done", rollout.rawValue)
        case (.begun(let rollout), .underWay), (.begun(let rollout), .ended(_, isReleased: false)):
            (state, self.rollout) = ("under-way", rollout.rawValue)
        case (.waiting, _), (.begun, .unbegun), (.begun, .ended):
            (state, self.rollout) = ("to-come", nil)
        }
    }
}

/// A hold of a runbook, for people and programs.
struct RunbookHoldReport: Encodable {
    var says: String
    var remedy: [String]
    /// The gate of `--override`; nil where nobody can pass it over.
    var gate: String?

    init(_ hold: RunbookHold) {
        says = ForeignText.line(hold.says)
        gate = hold.gate?.rawValue
        remedy =
            hold.remedy.map { ForeignText.line($0) }
            + (hold.gate.map { ["or pass it over, and say why: --override \($0.rawValue)='the reason'"] }
                ?? [])
    }

    var lines: [String] { ["  - \(says)"] + remedy.map { "      \($0)" } }
}
