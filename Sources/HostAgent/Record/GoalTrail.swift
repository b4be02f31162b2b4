import AgentProtocol

/// What this boot has seen, apart from the record: which goal was taken last, and the highest token.
///
/// It lies in `/run` and goes with the boot. A record that does not have that goal is another one: it was lost, or put
/// back to an older copy, and what it says of this boot is not to be relied on.
struct GoalTrail: Sendable {
    static let path = "\(EventLog.directory)/latest-goal"
    static let tokenPath = "\(EventLog.directory)/highest-token"
    /// Where there was no goal.
    private static let none = "none"

    var files: HostFileAccess

    /// Whether the record is not the one that this agent wrote last in this boot.
    func isBroken(by record: HostRecord) throws(HostFault) -> Bool {
        guard let text = try files.text(Self.path) else { return false }
        return !text.split(separator: " ").contains { $0 == Self.key(record.goal) }
    }

    /// Before the record says so: until then either may be the last.
    func begin(_ goal: Goal, after former: Goal?) throws(HostFault) {
        try files.makeDirectory(EventLog.directory, 0o700)
        try note([goal.key, Self.key(former)])
    }

    /// The record says so.
    func end(_ goal: Goal) throws(HostFault) { try note([goal.key]) }

    private func note(_ keys: [String]) throws(HostFault) {
        let text = keys.joined(separator: " ")
        try files.replace(Self.path, FileCopy(bytes: Array(text.utf8), mode: 0o600))
    }

    private static func key(_ goal: Goal?) -> String { goal?.key ?? none }

    // MARK: Tokens

    /// The highest that was heard in this boot, where the record has forgotten it.
    func highestToken() throws(HostFault) -> UInt64? {
        try files.text(Self.tokenPath).flatMap { UInt64($0) }
    }

    /// As far as there is room: the record has it, too.
    func note(token: UInt64) {
        guard let seen = try? highestToken() ?? 0, token > seen else { return }
        try? files.makeDirectory(EventLog.directory, 0o700)
        try? files.replace(Self.tokenPath, FileCopy(bytes: Array(String(token).utf8), mode: 0o600))
    }
}

extension HostRecord {
    /// The record as far as it can be relied on in this boot, once it was lost or put back to an older copy.
    ///
    /// Its last goal answers for nothing. What it says was staged in this boot has to be proved anew, and the partition
    /// may have been written to.
    func doubted(in bootID: String) -> HostRecord {
        var record = self
        record.replacedInBoot = bootID
        record.goal = nil
        guard var mark = staging, mark.bootID == bootID else { return record }
        (mark.version, mark.evidence, mark.isContentTouched) = (nil, [], true)
        record.staging = mark
        switch phase {
        case .staged, .rebooting: record.phase = .staging
        case .idle, .staging, .committing, .committed, .rollingBack: break
        }
        return record
    }

    /// With what was heard in this boot and is not in it.
    mutating func recall(_ trail: GoalTrail, bootID: String) throws(HostFault) {
        if try trail.isBroken(by: self) { self = doubted(in: bootID) }
        guard let seen = try trail.highestToken(), seen > hold.highestSeen else { return }
        highestToken = seen
    }
}
