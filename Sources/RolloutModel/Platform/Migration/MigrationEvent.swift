/// An entry of a migration's record. Each is durable before anything follows from it.
public enum MigrationEvent: Codable, Hashable, Sendable {
    /// The first entry, and only the first.
    case opened(format: Int, plan: MigrationPlan)
    /// A person said otherwise how applications are carried: between the same clusters.
    case planned(MigrationPlan)
    /// A run began, on the word of this operator.
    case attached(by: String)
    /// The application that keeps other operators out is about to be made.
    case claiming
    case claimed
    case released
    /// An application is taken up. The answers are those of the old cluster at this moment.
    case began(ApplicationID, release: Int, answers: [ExpectedAnswer])
    /// A person said that the new cluster's application of that id is this one.
    case adopted(ApplicationID)
    /// A person said that the application is to be carried once more.
    case reopened(ApplicationID)
    /// An act is about to be asked for. `at` is in seconds since 1970, by this machine's clock.
    case asking(ApplicationID, MigrationAct, at: Int64)
    case answered(ApplicationID, MigrationAct, Answer)
    /// The application is at the new cluster as it was at the old one; `name` is the new platform's for it.
    case proved(ApplicationID, name: DomainName)
    /// The proof that comes next has these reservations.
    case remarked(ApplicationID, [ProofRemark])
    case held(ApplicationID, [MigrationHold])
    /// The operator's hook is about to be given the application's names for DNS.
    case naming(ApplicationID)
    case named(ApplicationID)
    /// Every name of the application leads to the new cluster, and answers there as it should.
    case cutOver(ApplicationID)

    public enum Answer: Codable, Hashable, Sendable {
        case done
        case refused(status: Int, said: String)
        /// The controller may have heard the request, or not.
        case unheard(why: String)
    }

    /// The format that this program writes. 2 is raised for remarks about proofs (`remarked`).
    public static let format = 2
    /// The formats that this program reads.
    public static let formats = 1...format
}

/// The old cluster's answer for one name of an application.
public struct ExpectedAnswer: Codable, Hashable, Sendable {
    /// The name that the application has at the old cluster.
    public var name: DomainName
    /// The status; nil where nothing answered, or not each router the same.
    public var status: Int?

    public init(name: DomainName, status: Int?) {
        self.name = name
        self.status = status
    }
}
