import RolloutModel

/// A rollout as its journal tells it: the machine that its entries lead to, and the few facts of them that are asked
/// for. The entries themselves are not kept: a journal may have a million.
public struct RolloutRecord: Codable, Sendable {
    public private(set) var machine: RolloutMachine
    /// The format that the journal began with.
    public let format: Int
    public private(set) var entryCount = 1
    /// When the last entry was written.
    public private(set) var lastEntryAt: String
    private var lastEventAt: String?
    /// The time since which a host is out; nil where none is.
    public private(set) var outSince: String?
    /// The answers of hosts that were given back.
    public private(set) var givenBack: [HostID: GivenBack] = [:]
    /// When hosts were declared lost.
    public private(set) var lostAt: [HostID: String] = [:]
    /// The configuration that the rollout began with.
    public let configuration: ConfigurationMark
    /// The configuration of the last process that took the rollout up.
    public private(set) var lastConfiguration: ConfigurationMark

    /// The highest token any coordinator of this rollout held.
    public var token: Token { machine.tenure.token }

    /// The time since which the rollout waits for a person; nil if it does not wait.
    public var heldSince: String? {
        guard machine.state.held != nil else { return nil }
        return lastEventAt
    }

    /// The changes undone on a host, and those left because somebody else had changed them since.
    public struct GivenBack: Codable, Hashable, Sendable {
        public var undone: [String]
        public var left: [String]
    }

    /// - Parameter sha256: the last line's digest.
    func end(_ sha256: String) -> JournalEnd {
        JournalEnd(
            rollout: machine.plan.rollout, token: token,
            head: JournalHead(entry: entryCount, sha256: sha256))
    }

    /// - Throws: `JournalError.empty`, `.formatUnknown`, or `.damaged` when the first entry does not open a rollout.
    init(first entry: JournalEntry, path: String) throws(JournalError) {
        guard entry.number == 1, case .opened(let format, let plan, let digest, let settings) = entry.what
        else {
            throw .damaged(path: path, entry: 1, why: "it does not open a rollout")
        }
        guard JournalEntry.formats.contains(format) else { throw .formatUnknown(path: path, format: format) }
        self.format = format
        self.lastEntryAt = entry.at
        self.machine = RolloutMachine(plan: plan)
        self.configuration = ConfigurationMark(digest: digest, settings: settings)
        self.lastConfiguration = configuration
    }

    /// Takes the next entry, if it can follow.
    ///
    /// - Parameter isRead: it was written before, perhaps by a turnstile of an earlier format.
    /// - Returns: what the machine wants done next.
    @discardableResult
    mutating func append(
        _ entry: JournalEntry, path: String, isRead: Bool = false
    ) throws(JournalError) -> [RolloutMachine.Directive] {
        func damaged(_ why: String) -> JournalError { .damaged(path: path, entry: entry.number, why: why) }
        func take(_ event: LockTenure.Event) throws(JournalError) {
            do { try machine.handle(lock: event) } catch { throw damaged(error.description) }
        }
        guard entry.number == entryCount + 1 else { throw damaged("number \(entryCount + 1) was to follow") }
        var directives: [RolloutMachine.Directive] = []
        switch entry.what {
        case .opened:
            throw damaged("a rollout is opened once")
        case .attached(let token, _, let mark):
            try take(.acquired(token))
            if let mark { lastConfiguration = mark }
        case .letGo(let token):
            try take(.released(token))
        case .reserving(let holder):
            try take(.reserving(holder: holder))
        case .intent(let intent):
            guard intent == machine.intent else { throw damaged("no such act was due: \(intent)") }
        case .said:
            break
        case .event(let event):
            let out = machine.state.hostOut
            do {
                let isFormer = isRead && format < JournalEntry.format
                directives = try isFormer ? machine.handle(former: event) : machine.handle(event)
            } catch {
                throw damaged(error.description)
            }
            if machine.state.hostOut != out { outSince = machine.state.hostOut == nil ? nil : entry.at }
            remember(event, at: entry.at)
        }
        entryCount += 1
        lastEntryAt = entry.at
        return directives
    }

    private mutating func remember(_ event: RolloutMachine.Event, at: String) {
        lastEventAt = at
        switch event {
        case .abandoned(let host, let undone, let left):
            givenBack[host] = GivenBack(undone: undone, left: left)
        case .lost(let host, _, _): lostAt[host] = at
        default: break
        }
    }
}
