/// The common part of the requests of all changing verbs. A request is sent as one JSON line on the agent's standard
/// input.
///
/// Values travel here and never on a command line: the command run over SSH is a constant string.
public protocol AgentRequest: Codable, Hashable, Sendable {
    /// The answers of the request's verb.
    associatedtype Answer: VerbAnswer
    /// The verb of `turnstile-agent` that takes this request.
    static var verb: AgentVerb { get }
    var protocolVersion: Int { get }
    var authority: Authority { get }
}

/// The fixed verbs of `turnstile-agent`.
public enum AgentVerb: String, Codable, CaseIterable, Sendable {
    /// Reads the host and changes nothing; takes no request.
    case report
    case stage
    /// Downloads an update ahead of the host's turn, and leaves it out of the boot order.
    case prefetch
    /// Arms what was downloaded ahead, once it is proved to be there still.
    case arm
    case reboot
    case commit
    /// Reboots back to the other partition.
    case rollback
    /// Undoes what a rollout changed.
    case abandon
    /// Claims the host for a rollout, so that no other rollout changes it.
    case claim
    /// Releases the claim.
    case release
}

/// Download and arm an update, without rebooting into it.
public struct StageRequest: AgentRequest {
    public typealias Answer = StageAnswer
    public static let verb = AgentVerb.stage
    public var protocolVersion: Int
    public var authority: Authority
    /// The value to give `GROUP=` in update.conf; nil leaves the line as it is.
    public var group: String?
    /// The value to give `SERVER=` in update.conf; nil leaves the line as it is.
    public var server: String?
    /// The only version that may be staged; nil accepts what is offered (the rollout's first host).
    public var target: String?
    /// A person's consent to try again a host that reverted, though that may overwrite its good partition.
    public var acceptsRevert: Bool
    public var engineRest: EngineRest
    /// The etcd server version that runs under the present partition, where there is one. A later rollback is judged by
    /// it.
    public var etcdVersion: String?
    /// The limit for the whole step, in whole seconds: agents of earlier versions read no fractions.
    public var deadline: Duration

    public init(
        protocolVersion: Int = ProtocolVersion.current, authority: Authority, group: String?, server: String?,
        target: String?, acceptsRevert: Bool, engineRest: EngineRest, etcdVersion: String?,
        deadline: Duration
    ) {
        self.protocolVersion = protocolVersion
        self.authority = authority
        self.group = group
        self.server = server
        self.target = target
        self.acceptsRevert = acceptsRevert
        self.engineRest = engineRest
        self.etcdVersion = etcdVersion
        self.deadline = deadline
    }

    private enum CodingKeys: String, CodingKey {
        case protocolVersion, authority, group, server, target, acceptsRevert, engineRest, etcdVersion
        case deadline = "deadlineSeconds"
    }
}

/// Download an update ahead of the host's turn. No boot takes it before it is armed.
public struct PrefetchRequest: AgentRequest {
    public typealias Answer = PrefetchAnswer
    public static let verb = AgentVerb.prefetch
    public var protocolVersion: Int
    public var authority: Authority
    /// The value to give `GROUP=` in update.conf; nil leaves the line as it is.
    public var group: String?
    /// The value to give `SERVER=` in update.conf; nil leaves the line as it is.
    public var server: String?
    /// The only version that may be downloaded; nil accepts what is offered.
    public var target: String?
    /// A person's consent to try again a host that reverted, though that may overwrite its good partition.
    public var acceptsRevert: Bool
    public var engineRest: EngineRest
    /// The limit for the whole step, in whole seconds.
    public var deadline: Duration

    public init(
        protocolVersion: Int = ProtocolVersion.current, authority: Authority, group: String?, server: String?,
        target: String?, acceptsRevert: Bool, engineRest: EngineRest, deadline: Duration
    ) {
        self.protocolVersion = protocolVersion
        self.authority = authority
        self.group = group
        self.server = server
        self.target = target
        self.acceptsRevert = acceptsRevert
        self.engineRest = engineRest
        self.deadline = deadline
    }

    private enum CodingKeys: String, CodingKey {
        case protocolVersion, authority, group, server, target, acceptsRevert, engineRest
        case deadline = "deadlineSeconds"
    }
}

/// Arm the update that was downloaded ahead, for one try, as `stage` would have left it.
public struct ArmRequest: AgentRequest {
    public typealias Answer = ArmAnswer
    public static let verb = AgentVerb.arm
    public var protocolVersion: Int
    public var authority: Authority
    /// The version that must have been downloaded.
    public var version: String
    /// The value to give `GROUP=` in update.conf, which may have been written anew since; nil leaves the line as it is.
    public var group: String?
    /// The value to give `SERVER=` in update.conf; nil leaves the line as it is.
    public var server: String?
    public var engineRest: EngineRest
    /// The etcd server version that runs under the present partition, where there is one.
    public var etcdVersion: String?
    /// The limit for the whole step, in whole seconds.
    public var deadline: Duration

    public init(
        protocolVersion: Int = ProtocolVersion.current, authority: Authority, version: String, group: String?,
        server: String?, engineRest: EngineRest, etcdVersion: String?, deadline: Duration
    ) {
        self.protocolVersion = protocolVersion
        self.authority = authority
        self.version = version
        self.group = group
        self.server = server
        self.engineRest = engineRest
        self.etcdVersion = etcdVersion
        self.deadline = deadline
    }

    private enum CodingKeys: String, CodingKey {
        case protocolVersion, authority, version, group, server, engineRest, etcdVersion
        case deadline = "deadlineSeconds"
    }
}

/// Reboot into the staged update, once.
public struct RebootRequest: AgentRequest {
    public typealias Answer = RebootAnswer
    public static let verb = AgentVerb.reboot
    public var protocolVersion: Int
    public var authority: Authority
    /// The boot this request is about. On any other boot the agent answers `rebooted` and does nothing, so that a
    /// repeated request can never reboot a host twice.
    public var bootID: String
    /// The version that must be staged.
    public var version: String
    /// The minutes after its boot at which a host that is not committed goes back by itself; nil for never.
    public var deadManMinutes: Int?

    public init(
        protocolVersion: Int = ProtocolVersion.current, authority: Authority, bootID: String, version: String,
        deadManMinutes: Int?
    ) {
        self.protocolVersion = protocolVersion
        self.authority = authority
        self.bootID = bootID
        self.version = version
        self.deadManMinutes = deadManMinutes
    }
}

/// Make the running partition the one that stays.
public struct CommitRequest: AgentRequest {
    public typealias Answer = CommitProof
    public static let verb = AgentVerb.commit
    public var protocolVersion: Int
    public var authority: Authority
    /// The boot whose proofs were judged; any other boot is refused.
    public var bootID: String
    /// The version that must be running.
    public var version: String
    public var method: CommitMethod
    public var engineRest: EngineRest
    /// The limit for the whole step, in whole seconds: agents of earlier versions read no fractions.
    public var deadline: Duration

    public init(
        protocolVersion: Int = ProtocolVersion.current, authority: Authority, bootID: String, version: String,
        method: CommitMethod, engineRest: EngineRest, deadline: Duration
    ) {
        self.protocolVersion = protocolVersion
        self.authority = authority
        self.bootID = bootID
        self.version = version
        self.method = method
        self.engineRest = engineRest
        self.deadline = deadline
    }

    private enum CodingKeys: String, CodingKey {
        case protocolVersion, authority, bootID, version, method, engineRest
        case deadline = "deadlineSeconds"
    }
}

/// Reboot back to the other partition: plainly where the running one is on its single try, and after making the other
/// one the first choice where the running one is committed.
public struct RollbackRequest: AgentRequest {
    public typealias Answer = RebootAnswer
    public static let verb = AgentVerb.rollback
    public var protocolVersion: Int
    public var authority: Authority
    /// The boot this request is about. On a later boot the agent does nothing, as for `reboot`.
    public var bootID: String

    public init(protocolVersion: Int = ProtocolVersion.current, authority: Authority, bootID: String) {
        self.protocolVersion = protocolVersion
        self.authority = authority
        self.bootID = bootID
    }
}

/// Give the host back as it was found, as far as Turnstile changed it.
public struct AbandonRequest: AgentRequest {
    public typealias Answer = AbandonedHost
    public static let verb = AgentVerb.abandon
    public var protocolVersion: Int
    public var authority: Authority
    /// The limit for the whole step, in whole seconds: agents of earlier versions read no fractions.
    public var deadline: Duration

    public init(
        protocolVersion: Int = ProtocolVersion.current, authority: Authority, deadline: Duration
    ) {
        self.protocolVersion = protocolVersion
        self.authority = authority
        self.deadline = deadline
    }

    private enum CodingKeys: String, CodingKey {
        case protocolVersion, authority
        case deadline = "deadlineSeconds"
    }
}
