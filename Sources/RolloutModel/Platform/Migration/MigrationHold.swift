/// The reason why a migration, or one application of it, holds.
public enum MigrationHold: Codable, Hashable, Sendable, Error {
    // MARK: The clusters
    case controllerSilent(MigrationSide, why: String)
    /// The controller's API has a version that turnstile was not made for.
    case controllerAPIUnknown(MigrationSide, api: String)
    case tokenRefused(MigrationSide)
    /// The token is not an administrator's: other owners' applications would be passed over.
    case tokenNotAdmin(MigrationSide)
    /// The list of applications or users changed while it was read.
    case listUnsteady(MigrationSide)
    case listUnreadable(MigrationSide, why: String)
    case sameController
    /// The cluster is the goal of another operator's migration.
    case claimedByOther(holder: String)
    /// The migration was taken over by another run while it went on.
    case claimLost(holder: String?)
    case claimFailed(why: String)

    // MARK: An application
    case applicationUnreadable(MigrationSide, why: String)
    /// The new controller gives the id to no application.
    case idReserved(ApplicationID)
    /// Two applications would get one id.
    case idTwice(ApplicationID)
    /// The new controller has an application of that id, which this migration did not create.
    case idTaken(ApplicationID, owner: AccountName)
    case registryUnnamed
    case certificateUnreadable(DomainName, why: String)
    case actRefused(MigrationAct, status: Int, said: String)
    case actUnheard(MigrationAct, why: String)
    case actWithoutEffect(MigrationAct, asks: Int)
    case containersNotUp(wanted: [String: Int], up: [String: Int])
    case answersDiffer([Difference])
    /// Routers answer as for a name that they do not know, and the old cluster answered otherwise.
    case namesUnknown([Difference])
    case routersUnnamed
    /// A proved application is to be carried once more, and only its own names lead to the old cluster.
    case oldRoutersUnnamed
    /// The application was deployed at the old cluster after it was carried.
    case deployedSince(carried: Int, now: Int)
    /// The operator asked to stop before its next act.
    case stoppedByPerson

    /// A router's answer that is not the expected one.
    public struct Difference: Codable, Hashable, Sendable {
        public var name: DomainName
        public var router: String
        /// nil where nothing answered.
        public var status: Int?
        /// The old cluster's status; nil where nothing answered there, or not each router the same.
        public var expected: Int?

        public init(name: DomainName, router: String, status: Int?, expected: Int?) {
            self.name = name
            self.router = router
            self.status = status
            self.expected = expected
        }
    }
}

extension MigrationHold {
    /// True if no application can go on. A fault of one application holds that one alone.
    public var isOfAll: Bool {
        switch self {
        case .controllerSilent, .controllerAPIUnknown, .tokenRefused, .tokenNotAdmin, .listUnsteady,
            .listUnreadable, .sameController, .claimedByOther, .claimLost, .claimFailed, .routersUnnamed:
            true
        case .applicationUnreadable, .idReserved, .idTwice, .idTaken, .registryUnnamed,
            .certificateUnreadable, .actRefused, .actUnheard, .actWithoutEffect, .containersNotUp,
            .answersDiffer, .namesUnknown, .oldRoutersUnnamed, .deployedSince, .stoppedByPerson:
            false
        }
    }
}
