public import RolloutModel

/// The two clusters of a migration, as the migration needs them: to look, and to act. The clusters are real ones
/// or stand-ins.
public struct MigrationPort: Sendable {
    /// The applications and users of a cluster.
    public var roll: @Sendable (MigrationSide) async throws(MigrationHold) -> ControllerRoll
    /// An application as it is now; nil where there is none of that id.
    public var picture:
        @Sendable (MigrationSide, ApplicationID) async throws(MigrationHold) -> ApplicationPicture?
    /// Asks the new controller for an act. The effect of the act is seen by looking.
    public var perform:
        @Sendable (MigrationAct, ApplicationWish, ApplicationSight) async ->
            MigrationEvent.Answer
    /// The statuses of each router for these names. A name without an answer is left out.
    public var answers: @Sendable (MigrationSide, [DomainName]) async -> [String: [DomainName: Int]]
    /// The names for which there is a certificate to carry.
    public var certificates: @Sendable () async throws(MigrationHold) -> Set<DomainName>
    public var claim: Claim

    /// Keeps other operators out of the new cluster.
    public struct Claim: Sendable {
        /// - mayBeOwn: true if this migration may have made the claim before.
        /// - takesOver: true if a person says that the holder is dead.
        public var take: @Sendable (_ mayBeOwn: Bool, _ takesOver: Bool) async throws(MigrationHold) -> Void
        /// Throws `MigrationHold.claimLost` where this migration does not have the new cluster any more.
        public var verify: @Sendable () async throws(MigrationHold) -> Void
        public var release: @Sendable () async throws(MigrationHold) -> Void

        public init(
            take: @escaping @Sendable (Bool, Bool) async throws(MigrationHold) -> Void,
            verify: @escaping @Sendable () async throws(MigrationHold) -> Void,
            release: @escaping @Sendable () async throws(MigrationHold) -> Void
        ) {
            self.take = take
            self.verify = verify
            self.release = release
        }
    }

    public init(
        roll: @escaping @Sendable (MigrationSide) async throws(MigrationHold) -> ControllerRoll,
        picture:
            @escaping @Sendable (MigrationSide, ApplicationID) async throws(MigrationHold) ->
            ApplicationPicture?,
        perform:
            @escaping @Sendable (MigrationAct, ApplicationWish, ApplicationSight) async ->
            MigrationEvent.Answer,
        answers: @escaping @Sendable (MigrationSide, [DomainName]) async -> [String: [DomainName: Int]],
        certificates: @escaping @Sendable () async throws(MigrationHold) -> Set<DomainName>, claim: Claim
    ) {
        self.roll = roll
        self.picture = picture
        self.perform = perform
        self.answers = answers
        self.certificates = certificates
        self.claim = claim
    }
}

/// The times of a migration.
public struct MigrationPace: Hashable, Sendable {
    /// The applications that are carried at once.
    public var atOnce: Int
    /// The time in which a controller ends what it began for a client that is gone.
    public var settling: Duration
    /// The longest time until an application is proved after its last act.
    public var proving: Duration
    /// The time between two looks.
    public var interval: Duration

    public init(atOnce: Int, settling: Duration, proving: Duration, interval: Duration) {
        self.atOnce = atOnce
        self.settling = settling
        self.proving = proving
        self.interval = interval
    }
}

/// The clock of a migration. Tests replace it.
public struct MigrationClock: Sendable {
    /// The seconds since 1970.
    public var now: @Sendable () -> Int64
    public var sleep: @Sendable (Duration) async -> Void

    public init(now: @escaping @Sendable () -> Int64, sleep: @escaping @Sendable (Duration) async -> Void) {
        self.now = now
        self.sleep = sleep
    }
}

/// The news of a migration while it goes on.
public enum MigrationNotice: Hashable, Sendable {
    case begins(applications: Int, proved: Int)
    case takes(ApplicationID)
    case asks(ApplicationID, MigrationAct)
    case looks(ApplicationID, MigrationAct, until: Int64)
    case proves(ApplicationID)
    case proved(ApplicationID, [ProofRemark])
    case held(ApplicationID, [MigrationHold])
}
