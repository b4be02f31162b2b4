/// A name of an application, as clients on this machine find it.
public struct NameSight: Hashable, Sendable {
    /// The addresses that the name leads to; empty where it leads nowhere.
    public var addresses: Set<String>
    /// The status that comes at the name; nil where nothing answers.
    public var status: Int?

    public init(addresses: Set<String>, status: Int?) {
        self.addresses = addresses
        self.status = status
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
        // The application was proved at the new routers. One without processes may be unknown to them.
        switch AnswerVerdict(sight.status, stranger: nil, old: expected.status, runs: false) {
        case .proof, .unknownAtBoth, .incomparable: return .new
        case .unknownHere, .differs: return .wrong(status: sight.status, expected: expected.status)
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

    /// - Parameters:
    ///   - applications: the old cluster's applications now.
    ///   - requests: the old routers' requests. Those for no application's name need no old cluster.
    public init(_ state: MigrationState, applications: [ApplicationID], requests: RouterRequests) {
        asked = requests.names.filter { $0.value > 0 }
        unknown = applications.filter { state.courses[$0] == nil }
        let known = applications.filter { state.courses[$0] != nil }
        unproved = known.filter { !state.course(of: $0).isProved }
        unmoved = known.filter { state.course(of: $0).isProved && state.course(of: $0).names != .cutOver }
    }

    /// True if nothing needs the old cluster any more.
    public var isClear: Bool { asked.isEmpty && unproved.isEmpty && unmoved.isEmpty && unknown.isEmpty }
}
