import RolloutModel

/// The report of `platform plan`.
package struct PlatformPlanReport: Encodable {
    var from: String?
    var to: String
    var way: String
    /// The parts that are off the air, with the time for which they are.
    var outage: String
    /// The CoreOS release that the version wanted was made for; nil where that is not known.
    var coreOS: String?
    var pointOfNoReturn: String?
    var steps: [Step]
    var holds: [HoldReport]

    struct Step: Encodable {
        var id: String
        var act: String
        var gates: [String]
        var proof: [String]
        var deadline: Duration
        /// The act that undoes the step; nil where nothing is to be undone.
        var undo: String?
        var isPointOfNoReturn: Bool

        private enum CodingKeys: String, CodingKey {
            case id, act, gates, proof
            case deadline = "deadlineSeconds"
            case undo, isPointOfNoReturn
        }
    }

    /// - Parameter holds: everything that holds the upgrade.
    package init(
        _ wish: PlatformWish, _ plan: PlatformPlan?, holds: [PlatformHold], _ invocation: Invocation
    ) {
        self.init(wish, plan)
        self.holds = holds.map(HoldReason.platform).causes.map { HoldReport($0, in: nil, invocation) }
    }

    /// A plan that nothing holds.
    init(_ plan: PlatformPlan) { self.init(plan.wish, plan) }

    private init(_ wish: PlatformWish, _ plan: PlatformPlan?) {
        from = plan?.baseline.version.description
        to = wish.version.description
        way = wish.way.rawValue
        outage = wish.way.outage
        coreOS = PlatformRelease.of(wish.version)?.coreOS.description
        pointOfNoReturn = plan?.pointOfNoReturn?.rawValue
        steps = (plan?.steps.steps ?? []).map { Step($0) }
        holds = []
    }

    package func lines(on terminal: Terminal) -> [String] {
        let heading = "Deis \(from ?? "of an unknown version") to \(to), \(way)"
        return terminal.lines(of: ForeignText.line(heading)) + terminal.lines(of: outage) + [""]
            + (steps.isEmpty ? [] : table.lines(on: terminal) + [""])
            + notes.flatMap { terminal.lines(of: $0) }
    }

    /// The steps, each with its act and below it its proof.
    private var table: Columns {
        var table = Columns(header: ["#", "STEP", "ACT, AND ITS PROOF"])
        for (index, step) in steps.enumerated() {
            let proof = step.proof.joined(separator: "; ")
            table.rows += [
                [
                    .init("\(index + 1)"), .init(step.id, step.isPointOfNoReturn ? .yellow : nil),
                    .init(step.act),
                ],
                ["", "", .init("until \(proof), within \(step.deadline.words)")],
            ]
        }
        return table
    }

    private var notes: [String] {
        dataNotes
            + [
                pointOfNoReturn.map { "No way leads back once '\($0)' begins: it is asked for before that." },
                coreOS.map { "Deis \(to) was made for CoreOS \($0)." },
            ].compactMap(\.self)
    }
}

extension PlatformPlanReport {
    /// The data that is out of reach once the database and the store are stopped.
    private var dataNotes: [String] {
        guard pointOfNoReturn != nil else { return [] }
        return [
            "Applications' data is in no backup of these steps. Back it up before you begin, while the database and the store run:"
        ] + PlatformText.dataToKeep
    }
}

extension PlatformPlanReport.Step {
    init(_ step: PlatformStep) {
        id = step.id.rawValue
        act = step.move.act.description
        gates = step.move.before.map(\.description)
        proof = step.move.after.map(\.description)
        deadline = step.move.deadline
        isPointOfNoReturn = step.undo == .impossible
        if case .by(let move) = step.undo { undo = move.act.description } else { undo = nil }
    }
}

extension PlatformWish.Way {
    /// The parts that are off the air, with the time for which they are, in sentences.
    var outage: String {
        switch self {
        case .inPlace:
            """
            OUTAGE: no application answers from the first step that stops something until the routers run again. \
            The documents say 10 to 30 minutes.
            """
        case .graceful:
            "Applications answer all the time. The controller and the builder are away: nobody can deploy meanwhile."
        case .documented:
            """
            OUTAGE: upgrade-takeover stops the publisher while it starts storage and logging. Every application is off \
            the air then, while each router says that it is well: 12 to 64 s were seen, and it takes as long as the store.
            """
        }
    }
}
