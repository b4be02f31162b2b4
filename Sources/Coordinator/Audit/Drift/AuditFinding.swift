public import RolloutModel

/// Something about audited hosts that somebody should know.
public struct AuditFinding: Codable, Hashable, Sendable {
    public var kind: Kind
    /// Whom it is about, in the order of the audit.
    public var hosts: [String]
    /// The finding, without the hosts' names: `GROUP is beta, and stable on 9 others`.
    public var message: String
    /// The property of these hosts that the finding is about, where it is one.
    public var aspect: AuditAspect?

    public init(_ kind: Kind, _ hosts: [String], _ message: String, aspect: AuditAspect? = nil) {
        self.kind = kind
        self.hosts = hosts
        self.message = message
        self.aspect = aspect
    }

    public enum Kind: String, Codable, CaseIterable, Sendable {
        /// Not what `--expect` names.
        case unexpectedVersion = "unexpected-version"
        /// Back on the old partition after an update (facts 4).
        case reverted
        /// On its single try: the next reboot goes back.
        case uncommitted
        /// Units of systemd failed.
        case degraded
        case updatePending = "update-pending"
        /// The next boot goes to the other partition, and no update waits there.
        case otherPartitionNext = "other-partition-next"
        /// The partition table is damaged in its first or its second copy.
        case damagedTable = "damaged-table"
        /// update-engine takes a line of update.conf otherwise than it is meant.
        case oddSetting = "odd-setting"
        /// Two names of one machine, or two machines with one identity.
        case duplicate
        /// Most other hosts agree on something else.
        case oddOneOut = "odd-one-out"
        /// Hosts differ, and no value is that of most.
        case disagreement
        case endOfLife = "end-of-life"
        /// Since the earlier audit.
        case changed
        case rebooted
        case new
        case gone

        /// Something is wrong, rather than merely worth knowing.
        public var isAlarm: Bool {
            switch self {
            case .unexpectedVersion, .reverted, .uncommitted, .degraded, .duplicate, .otherPartitionNext,
                .damagedTable, .oddSetting:
                true
            case .updatePending, .oddOneOut, .disagreement, .endOfLife, .changed, .rebooted, .new, .gone:
                false
            }
        }
    }
}

extension [AuditFinding] {
    /// Everything there is to say about these hosts, the gravest first.
    ///
    /// - Parameters:
    ///   - expected: the releases that hosts should run, where somebody said so.
    ///   - earlier: an earlier audit to compare with.
    public static func of(
        _ audits: [HostAudit], expected: ReleaseSpan? = nil, earlier: [HostAudit]? = nil
    ) -> [AuditFinding] {
        let found =
            unexpected(audits, expected) + reverted(audits) + unsettled(audits) + degraded(audits)
            + oddSettings(audits) + duplicates(audits) + odd(audits) + endOfLife(audits)
            + (earlier.map { changes(from: $0, to: audits) } ?? [])
        let order = AuditFinding.Kind.allCases
        // The sort is stable: findings of one kind stay as they were found.
        return found.sorted {
            (order.firstIndex(of: $0.kind) ?? 0) < (order.firstIndex(of: $1.kind) ?? 0)
        }
    }

    /// A host whose version is not known is not known to run what is expected.
    static func unexpected(_ audits: [HostAudit], _ expected: ReleaseSpan?) -> [AuditFinding] {
        guard let expected else { return [] }
        let differing = audits.filter { !($0.version.map { expected.contains(Version($0)) } ?? false) }
        return HostSpread(differing) { $0.version ?? "" }.values.map { version, hosts in
            let found = version.isEmpty ? "version unknown" : "version \(version)"
            return AuditFinding(
                .unexpectedVersion, hosts, "\(found), expected \(expected)", aspect: .version)
        }
    }
}
