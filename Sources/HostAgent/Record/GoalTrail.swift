import AgentProtocol

/// A second note, apart from the record, of the goal taken last in this boot, and of the highest token.
///
/// The note is in `/run` and lasts for the boot. A record without that goal was lost, or replaced by an older copy, and
/// cannot be trusted about this boot.
struct GoalTrail: Sendable {
    static let path = "\(EventLog.directory)/latest-goal"
    static let tokenPath = "\(EventLog.directory)/highest-token"
    /// The text in place of a goal if there was none.
    private static let none = "none"

    var files: HostFileAccess

    /// True if the record is not the one that this agent wrote last in this boot.
    func isBroken(by record: HostRecord) throws(HostFault) -> Bool {
        guard let text = try files.text(Self.path) else { return false }
        return !text.split(separator: " ").contains { $0 == Self.key(record.goal) }
    }

    /// Notes a goal before the record has it. Until `end` the record may have either goal.
    func begin(_ goal: Goal, after former: Goal?) throws(HostFault) {
        try files.makeDirectory(EventLog.directory, 0o700)
        try note([goal.key, Self.key(former)])
    }

    /// Notes a goal once the record has it.
    func end(_ goal: Goal) throws(HostFault) { try note([goal.key]) }

    private func note(_ keys: [String]) throws(HostFault) {
        let text = keys.joined(separator: " ")
        try files.replace(Self.path, FileCopy(bytes: Array(text.utf8), mode: 0o600))
    }

    private static func key(_ goal: Goal?) -> String { goal?.key ?? none }

    // MARK: Tokens

    /// The highest token seen in this boot, even if the record was lost.
    func highestToken() throws(HostFault) -> Token? {
        try files.text(Self.tokenPath).flatMap { UInt64($0) }.map { Token($0) }
    }

    /// Notes a token. A failure is ignored, because the record has the token, too.
    func note(token: Token) {
        guard let seen = try? highestToken() ?? 0, token > seen else { return }
        try? put(token: token)
    }

    /// Lowers the noted token on a person's word. Done before the record is written, or the higher one would return to
    /// it.
    func reset(token: Token) throws(HostFault) {
        guard let seen = try highestToken(), seen > token else { return }
        try put(token: token)
    }

    private func put(token: Token) throws(HostFault) {
        try files.makeDirectory(EventLog.directory, 0o700)
        try files.replace(Self.tokenPath, FileCopy(bytes: Array(token.description.utf8), mode: 0o600))
    }
}

extension HostRecord {
    /// The record as far as it can be relied on in this boot, once it was lost or put back to an older copy.
    ///
    /// The record's last goal answers for nothing. An update that it calls staged in this boot has to be
    /// proved anew, and the partition may have been written to.
    func doubted(in bootID: String) -> HostRecord {
        var record = self
        record.replacedInBoot = bootID
        record.goal = nil
        guard var mark = staging, mark.bootID == bootID else { return record }
        (mark.version, mark.evidence, mark.isContentTouched, mark.prefetch) = (nil, [], true, nil)
        record.staging = mark
        switch phase {
        case .prefetched, .staged, .rebooting: record.phase = .staging
        case .idle, .staging, .committing, .committed, .rollingBack: break
        }
        return record
    }

    /// Adds to the record the facts of this boot that it has lost.
    mutating func recall(_ trail: GoalTrail, bootID: String) throws(HostFault) {
        if try trail.isBroken(by: self) { self = doubted(in: bootID) }
        guard let seen = try trail.highestToken(), seen > hold.highestSeen ?? 0 else { return }
        highestToken = seen
    }
}
