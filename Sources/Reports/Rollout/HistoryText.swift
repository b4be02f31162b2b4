import RolloutJournal
import RolloutModel

/// The entries of a journal in an operator's words.
package struct HistoryText {
    /// The text of one entry.
    package struct Line: Codable, Hashable {
        var number: Int
        var at: String
        /// `opened`, `attached`, `reserving`, `letGo`, `intent`, `said` or `event`.
        var kind: String
        /// The host that the entry is about; nil for an entry about the rollout.
        var host: String?
        var what: String
        /// The reasons why the rollout waits for a person from this entry on; nil where it does not.
        var held: [String]?
        /// The end of a hook's output; nil for entries that are not about hooks.
        var output: String?
        /// The evidence of gates that opened, or of a node that was drained; nil for other entries, and where none was kept.
        var evidence: GateEvidence?
        /// true where evidence was kept that could not be read; nil otherwise.
        var unreadableEvidence: Bool?
        /// True if gates opened.
        var isOpening = false

        private enum CodingKeys: String, CodingKey {
            case number, at, kind, host, what, held, output, evidence, unreadableEvidence
        }
    }

    package private(set) var lines: [Line] = []
    /// The machine before the next entry, which tells the host that an event is about.
    private var machine: RolloutMachine?

    package init() {}

    /// Adds the line of the next entry. Entries before the opening one are left out.
    package mutating func take(_ entry: JournalEntry) {
        if case .opened(_, let plan, _, _) = entry.what { machine = RolloutMachine(plan: plan) }
        guard var before = machine else { return }
        lines.append(Self.line(entry, &before))
        machine = before
    }

    /// - Parameter withEvidence: also what gates went by that opened, a line each.
    package func table(on terminal: Terminal, withEvidence: Bool) -> [String] {
        var table = Columns(header: ["ENTRY", "AT", "HOST", "WHAT"])
        for line in lines {
            table.rows.append([
                .init("\(line.number)"), .init(line.at), .init(line.host ?? "-"),
                .init(line.what, line.held == nil ? nil : .yellow),
            ])
            guard withEvidence, line.isOpening || line.evidence != nil else { continue }
            let evidence = EvidenceText.lines(
                line.evidence, isUnreadable: line.unreadableEvidence == true)
            table.rows += evidence.map { ["", "", "", .init("  \($0)")] }
        }
        return table.lines(on: terminal)
    }

    private static func line(_ entry: JournalEntry, _ machine: inout RolloutMachine) -> Line {
        var line = Line(number: entry.number, at: entry.at, kind: "", what: "")
        switch entry.what {
        case .opened(_, let plan, _, _):
            line.kind = "opened"
            line.what = opened(plan)
        case .attached(let token, let by, _):
            line.kind = "attached"
            line.what = "taken up by \(by), under token \(token)"
        case .letGo(let token):
            line.kind = "letGo"
            line.what = "the cluster let go, which was held under token \(token)"
        case .reserving(let holder):
            line.kind = "reserving"
            line.what = "locksmith's semaphore to be taken, as \(holder)"
        case .intent(let intent):
            line.kind = "intent"
            (line.host, line.what) = words(intent)
        case .said(let word):
            line.kind = "said"
            line.host = word.host?.rawValue
            line.what = words(word)
            line.output = word.output
        case .event(let event):
            line.kind = "event"
            line.host = host(of: event, in: machine.state)?.rawValue
            line.what = words(event)
            line.evidence = entry.evidence?.bounded
            if entry.hasUnreadableEvidence { line.unreadableEvidence = true }
            if case .gatesOpened = event { line.isOpening = true }
            // The event is legal: reading the journal has checked it.
            _ = try? machine.handle(event)
            if let reasons = machine.state.held {
                line.held = RolloutText.sentences(reasons)
                line.what += heldWords(reasons, after: event)
            }
            if machine.outcome != nil { line.what += ": \(RolloutText.doing(machine))" }
        }
        return line
    }

    static func opened(_ plan: Plan) -> String {
        let purpose =
            switch plan.purpose {
            case .upgrade: "upgrade"
            case .rollback(let host): "rollback of \(host)"
            case .abandon: "giving back"
            }
        if let platform = plan.platform { return opened(platform, by: plan.operatorName) }
        let others = plan.bystanders.map { ", without \(Names.text($0.map(\.rawValue)))" } ?? ""
        let hosts = plan.hostsInTurn.map(\.id.rawValue).joined(separator: ", ") + others
        let lost = plan.found.map { "; the journal was lost, and " + found($0) } ?? ""
        return "\(purpose) of \(hosts), by \(plan.operatorName)\(lost)"
    }

    private static func opened(_ platform: PlatformPlan, by operatorName: String) -> String {
        let (from, to) = (platform.baseline.version, platform.wish.version)
        let way = platform.wish.way.rawValue
        return "upgrade of the platform from \(from) to \(to), \(way), by \(operatorName)"
    }

    /// The reasons of a hold, unless the event itself names them.
    private static func heldWords(_ reasons: [HoldReason], after event: RolloutMachine.Event) -> String {
        switch event {
        case .gatesHeld, .step(_, _, .gatesHeld), .step(_, _, .refused), .step(_, _, .unseen),
            .step(_, _, .unproved):
            return ""
        default: break
        }
        return ". Held: " + RolloutText.sentences(reasons).joined(separator: "; ")
    }

    private static func host(of event: RolloutMachine.Event, in state: RolloutMachine.State) -> HostID? {
        switch event {
        case .rollbackRequested(let host, _, _, _), .abandoned(let host, _, _), .lost(let host, _, _): host
        case .began, .holdRequested, .resumed, .abandonRequested, .step: nil
        case .gatesOpened, .gatesHeld, .staged, .nothingOffered, .offerDiffered, .prefetchDoubted,
            .stepFailed,
            .refusedAsReverted, .returned, .notReturned, .rebootNotBegun, .cameUp, .committed, .evacuated,
            .readmitted:
            RolloutText.host(of: state)
        }
    }

    private static func words(_ intent: RolloutMachine.Intent) -> (host: String?, what: String) {
        switch intent {
        case .stage(let host, let target):
            (host.rawValue, "to be staged: \(target?.rawValue ?? "what is offered")")
        case .reboot(let host, let boot, let version):
            (host.rawValue, "to be rebooted into \(version), from boot \(boot)")
        case .commit(let host, let boot, let version):
            (host.rawValue, "to be committed: \(version), on boot \(boot)")
        case .evacuate(let host): (host.rawValue, "its node to be cordoned and drained")
        case .readmit(let host): (host.rawValue, "its node to be uncordoned, if it is ours")
        case .rollback(let host, let boot): (host.rawValue, "to be rolled back, from boot \(boot)")
        case .abandon(let host): (host.rawValue, "to be given back")
        case .step(let id, let way): (nil, "\(PlatformText.name(id, way)) to be asked for")
        }
    }

    private static func words(_ word: HookWord) -> String {
        let verdict =
            switch word.verdict {
            case .proceed: "lets through"
            case .hold: "says not now"
            case .fail: "failed"
            }
        let place = word.on.map { " on '\($0)'" } ?? ""
        let output = word.output.isEmpty ? "" : ": " + word.output
        return "your hook '\(word.hook)'\(place) \(verdict)\(output)"
    }

    private static func words(_ event: RolloutMachine.Event) -> String {
        switch event {
        case .began: "begun"
        case .gatesOpened(let running): "gates open; it runs \(running)"
        case .gatesHeld(let reasons): "gates shut: " + RolloutText.sentences(reasons).joined(separator: "; ")
        case .staged(let version, _, let partition, let contents):
            "\(version) staged on \(partition), armed for one try"
                + (contents?.words.map { "; it brings \($0)" } ?? "")
        case .nothingOffered(let running): "offered nothing; it runs \(running)"
        case .offerDiffered(let offered): "offered \(offered), which is not the target; disarmed"
        case .stepFailed(let why): "failed: \(why)"
        case .prefetchDoubted(let doubt, let why):
            "what was downloaded ahead was not armed, as \(doubt.words): \(why)"
        case .refusedAsReverted(let why): "refused: \(why)"
        case .returned(let boot, let version, let partition):
            "back on \(version), from \(partition), boot \(boot)"
        case .notReturned(let waited, let why, let trouble):
            (trouble == nil ? "not back after" : "waited for no longer, after")
                + " \(RolloutText.elapsed(waited)): \(why)"
        case .rebootNotBegun(let mayBeUnsent):
            "still on the boot that was to end" + (mayBeUnsent == true ? ", and perhaps not told" : "")
        case .cameUp(let boot, let version, let partition):
            "up on \(version), from \(partition), boot \(boot), and was not told to reboot"
        case .committed(let version): "\(version) committed and proved"
        case .evacuated(let node, let isOurs):
            "node '\(node)' drained; "
                + (isOurs ? "cordoned by this rollout" : "cordoned by somebody before, and left so")
        case .readmitted(let node):
            node.map { "node '\($0)' uncordoned" } ?? "no node that this rollout had cordoned"
        case .holdRequested(let by): by?.says ?? "a hold was asked for"
        case .resumed(let retryReverted, let acceptsNoReturn, let overrides):
            "gone on with"
                + (retryReverted ? ", by the word that a host which went back may be tried again" : "")
                + (acceptsNoReturn == true ? ", by the word that no host need go back any more" : "")
                + (overrides ?? []).map { ", passing over \($0)" }.joined()
        case .rollbackRequested(_, let boot, let version, _): "asked to go back from \(version), boot \(boot)"
        case .abandonRequested: "asked to give every host back"
        case .abandoned(_, let undone, let left): givenBack(undone, left)
        case .step(let id, let way, let found):
            "\(PlatformText.name(id, way)): \(PlatformText.words(found))"
        case .lost(_, let why, let member):
            "declared lost: \(why)" + (member.map { "; its etcd member \($0.name) (\($0.id)) is gone" } ?? "")
        }
    }

    /// The progress of a rollout, as its hosts report it.
    static func found(_ found: RolloutMachine.Found) -> String {
        let upgraded = found.upgraded.map(\.rawValue).joined(separator: ", ")
        let words = "the hosts tell: upgraded \(upgraded.isEmpty ? "none" : upgraded)"
        return switch found.atWork {
        case nil: words
        case .staged(let host, let staged): "\(words); \(host) staged with \(staged.version)"
        case .returned(let host, let returned): "\(words); \(host) on its single try of \(returned.version)"
        }
    }

    private static func givenBack(_ undone: [String], _ left: [String]) -> String {
        guard !undone.isEmpty || !left.isEmpty else { return "given back: nothing of ours was left" }
        let parts = [("undone", undone), ("left", left)].filter { !$0.1.isEmpty }
        return "given back; "
            + parts.map { "\($0.0): " + $0.1.joined(separator: ", ") }.joined(separator: "; ")
    }
}
