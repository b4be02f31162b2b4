/// A name of an application, as clients on this machine find it.
public struct NameSight: Hashable, Sendable {
    /// The addresses that the name leads to; empty where it leads nowhere.
    public var addresses: Set<String>
    /// The status that each address has for the name. An address that does not answer is not there.
    public var statuses: [String: Int]

    public init(addresses: Set<String>, statuses: [String: Int]) {
        self.addresses = addresses
        self.statuses = statuses
    }
}

/// The place of one application's names between the old cluster and the new one.
public struct CutOver: Hashable, Sendable {
    public var application: ApplicationID
    public var names: [Name]
    /// The requests that the old routers had for its names of late; nil where they could not be counted.
    public var oldRequests: Int?

    public struct Name: Codable, Hashable, Sendable {
        public var name: DomainName
        public var standing: Standing
    }

    public enum Standing: Codable, Hashable, Sendable {
        /// The name leads to the new cluster, and answers as it should.
        case new
        /// The name leads to an address that is not the new cluster's.
        case old(addresses: [String])
        case nowhere
        /// The name leads to the new cluster, and does not answer as it should.
        case wrong(status: Int?, expected: Int?)
        /// The name leads to the new cluster, and the answer there may be a router's as well as the application's: the
        /// old cluster's answer is not known, or was a fault.
        case unknown(status: Int)
    }

    /// - Parameters:
    ///   - expected: the old cluster's answers, one for each name.
    ///   - new: the addresses of the new cluster.
    ///   - sights: what was seen of each name.
    ///   - requests: the old routers' requests; nil where they were not counted.
    public init(
        _ application: ApplicationID, _ expected: [ExpectedAnswer], new: Set<String>,
        sights: [DomainName: NameSight], requests: RouterRequests?
    ) {
        self.application = application
        names = expected.map { answer in
            Name(name: answer.name, standing: Self.standing(answer, new, sights[answer.name]))
        }
        oldRequests = requests.map { requests in
            expected.reduce(0) { $0.adding(clamping: requests.names[$1.name] ?? 0) }
        }
    }

    private static func standing(
        _ expected: ExpectedAnswer, _ new: Set<String>, _ sight: NameSight?
    ) -> Standing {
        guard let sight, !sight.addresses.isEmpty else { return .nowhere }
        guard sight.addresses.isSubset(of: new) else {
            return .old(addresses: sight.addresses.subtracting(new).sorted())
        }
        guard !sight.statuses.isEmpty else { return .wrong(status: nil, expected: expected.status) }
        let standings = sight.statuses.sorted { $0.key < $1.key }.map { standing($0.value, expected.status) }
        return standings.first { $0.isWrong } ?? standings.first { $0 != .new } ?? .new
    }

    /// The worth of an answer that an address of the new cluster gave.
    private static func standing(_ status: Int, _ old: Int?) -> Standing {
        // The application was proved at the new routers. One without processes may be unknown to them.
        switch AnswerVerdict(status, stranger: nil, old: old, runs: false) {
        case .proof, .unknownAtBoth: .new
        case .unknownHere, .differs: .wrong(status: status, expected: old)
        // The fault that was there at the old cluster is the application's own.
        case .incomparable: old.map { $0 / 100 } == status / 100 ? .new : .unknown(status: status)
        }
    }

    /// True if every name leads to the new cluster, and answers there as it should.
    public var isMoved: Bool { names.allSatisfy { $0.standing == .new } }
}

/// The last look at an old cluster before it is switched off.
public struct RetirementAudit: Hashable, Sendable {
    /// Names of applications that still get requests at the old routers, with the number of these.
    public var asked: [DomainName: Int]
    /// Applications that are not proved at the new cluster.
    public var unproved: [ApplicationID]
    /// Applications whose names were not seen to lead to the new cluster.
    public var unmoved: [ApplicationID]
    /// Applications of the old cluster that the migration does not know.
    public var unknown: [ApplicationID]
    /// The hosts whose journals may have lost requests.
    public var gaps: [RouterLogGap]

    /// - Parameters:
    ///   - applications: the old cluster's applications now.
    ///   - requests: the old routers' requests. Those for no application's name need no old cluster.
    public init(_ state: MigrationState, applications: [ApplicationID], requests: RouterRequests) {
        asked = requests.names.filter { $0.value > 0 }
        gaps = requests.gaps
        unknown = applications.filter { state.courses[$0] == nil }
        let known = applications.filter { state.courses[$0] != nil }
        unproved = known.filter { !state.course(of: $0).isProved }
        unmoved = known.filter { state.course(of: $0).isProved && state.course(of: $0).names != .cutOver }
    }

    /// True if nothing needs the old cluster any more.
    public var isClear: Bool {
        asked.isEmpty && gaps.isEmpty && unproved.isEmpty && unmoved.isEmpty && unknown.isEmpty
    }
}

extension CutOver.Standing {
    fileprivate var isWrong: Bool {
        switch self {
        case .wrong: true
        case .new, .old, .nowhere, .unknown: false
        }
    }
}
