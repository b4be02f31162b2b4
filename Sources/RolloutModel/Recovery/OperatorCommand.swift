/// A command of turnstile's. The options of the person who reads it are put into it where it is shown.
public enum OperatorCommand: Hashable, Sendable {
    /// nil is the rollout at hand, here and below.
    case resume(RolloutID? = nil, ResumeWords = .none)
    case resumeFromHosts
    case abandon(RolloutID? = nil)
    /// nil is any host that it is about.
    case abandonHost(HostID?)
    case upgrade
    case upgradeOthers
    case rollback(HostID)
    case lose(HostID)
    case unlock(RolloutID? = nil)
    case hold(RolloutID? = nil)
    case install(HostID)
    case installOn([HostID])
    case audit(HostID)
    /// Records the key of a host that known_hosts says nothing of.
    case acceptKey(HostID)
    case status(RolloutID? = nil)
    case platform(PlatformErrand)

    /// With the rollout where it names none.
    public func of(_ rollout: RolloutID?) -> OperatorCommand {
        switch self {
        case .resume(nil, let words): .resume(rollout, words)
        case .abandon(nil): .abandon(rollout)
        case .unlock(nil): .unlock(rollout)
        case .hold(nil): .hold(rollout)
        case .status(nil): .status(rollout)
        case .resume, .abandon, .unlock, .hold, .status, .resumeFromHosts, .abandonHost, .upgrade,
            .upgradeOthers, .rollback, .lose, .install, .installOn, .audit, .acceptKey, .platform:
            self
        }
    }

    /// The arguments, each unquoted. A capital word stands for what is to be named.
    public var arguments: [String] {
        switch self {
        case .resume(let rollout, let words): ["resume"] + Self.name(rollout) + words.options
        case .resumeFromHosts: ["resume", "--from-hosts"]
        case .abandon(let rollout): ["abandon"] + Self.name(rollout)
        case .abandonHost(let host): ["abandon", "--host", host?.rawValue ?? "HOST"]
        case .upgrade: ["upgrade"]
        case .upgradeOthers: ["upgrade", "HOST…"]
        case .rollback(let host): ["rollback", host.rawValue]
        case .lose(let host): ["lose", host.rawValue]
        case .unlock(let rollout): ["unlock", rollout?.rawValue ?? "ROLLOUT"]
        case .hold(let rollout): ["hold"] + Self.name(rollout)
        case .install(let host): ["install", host.rawValue]
        case .installOn(let hosts): ["install"] + hosts.map(\.rawValue)
        case .audit(let host): ["audit", host.rawValue]
        case .acceptKey(let host): ["audit", "--accept-new", host.rawValue]
        case .status(let rollout): ["status"] + Self.name(rollout)
        case .platform(let errand): ["platform", errand.rawValue]
        }
    }

    /// The arguments as they are typed: `rollback core-1`.
    public var words: String {
        arguments.map { argument in
            argument == "HOST…" ? argument : ShellWord(ForeignText.line(argument)).description
        }.joined(separator: " ")
    }

    private static func name(_ rollout: RolloutID?) -> [String] { rollout.map { [$0.rawValue] } ?? [] }
}
