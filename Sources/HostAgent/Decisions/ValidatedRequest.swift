import AgentProtocol
import HostFiles

/// A request whose values are checked before they touch the host.
protocol ValidatedRequest: AgentRequest {
    /// The fault of the request; nil for a request that can be taken.
    var complaint: String? { get }
}

extension StageRequest: ValidatedRequest {
    var allowed: Duration { deadline }

    var complaint: String? {
        RequestRules.authority(authority) ?? RequestRules.deadline(deadline)
            ?? target.flatMap { RequestRules.version($0) } ?? etcdVersion.flatMap { RequestRules.version($0) }
            ?? RequestRules.setting(.group, group) ?? RequestRules.setting(.server, server)
    }
}

extension PrefetchRequest: ValidatedRequest {
    var allowed: Duration { deadline }

    var complaint: String? { staging(etcdVersion: nil).complaint }
}

extension ArmRequest: ValidatedRequest {
    var allowed: Duration { deadline }

    var complaint: String? {
        RequestRules.authority(authority) ?? RequestRules.deadline(deadline)
            ?? RequestRules.version(version) ?? etcdVersion.flatMap { RequestRules.version($0) }
            ?? RequestRules.setting(.group, group) ?? RequestRules.setting(.server, server)
    }
}

extension RebootRequest: ValidatedRequest {
    var complaint: String? {
        RequestRules.authority(authority) ?? RequestRules.version(version) ?? RequestRules.bootID(bootID)
            ?? deadManMinutes.flatMap { RequestRules.deadMan($0) }
    }
}

extension CommitRequest: ValidatedRequest {
    var allowed: Duration { deadline }

    var complaint: String? {
        RequestRules.authority(authority) ?? RequestRules.deadline(deadline)
            ?? RequestRules.version(version) ?? RequestRules.bootID(bootID)
    }
}

extension RollbackRequest: ValidatedRequest {
    var complaint: String? { RequestRules.authority(authority) ?? RequestRules.bootID(bootID) }
}

extension AbandonRequest: ValidatedRequest {
    var allowed: Duration { deadline }

    var complaint: String? { RequestRules.authority(authority) ?? RequestRules.deadline(deadline) }
}

extension ClaimRequest: ValidatedRequest {
    var complaint: String? {
        RequestRules.authority(authority) ?? RequestRules.words("holder", holder)
            ?? RequestRules.words("since", since)
    }
}

extension ReleaseRequest: ValidatedRequest {
    var complaint: String? {
        RequestRules.authority(authority) ?? supersedes.flatMap { RequestRules.rollout($0) }
    }
}

/// The rules for values of requests. A rule returns its complaint, or nil.
enum RequestRules {
    private static let textBytesMax = 256
    /// The limit is a day; no step takes that long.
    private static let deadlines = Duration.seconds(1)...(.seconds(86_400))
    private static let deadManMinutes = 1...1_440

    static func authority(_ authority: Authority) -> String? {
        rollout(authority.rollout) ?? token(authority.token) ?? authority.journal?.complaint
    }

    static func token(_ token: Token) -> String? {
        token.isPossible
            ? nil : "token \(token) is above the highest there is, \(Token.ceiling)"
    }

    static func rollout(_ rollout: String) -> String? {
        PlainName.isPlain(rollout) ? nil : "rollout \(rollout.debugDescription) is no id"
    }

    /// Checks a text for people: it must be short and printable.
    static func words(_ key: String, _ text: String) -> String? {
        let isPrintable = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
        return isPrintable && text.utf8.count <= textBytesMax
            ? nil : "\(key) is too long, or cannot be printed"
    }

    static func version(_ version: String) -> String? {
        PlainName.isPlain(version) ? nil : "\(version.debugDescription) is no version"
    }

    static func bootID(_ bootID: String) -> String? {
        PlainName.isPlain(bootID) ? nil : "\(bootID.debugDescription) is no boot id"
    }

    static func deadline(_ deadline: Duration) -> String? {
        deadlines.contains(deadline)
            ? nil
            : "a deadline of \(deadline.wholeSeconds) s is outside \(deadlines.lowerBound.wholeSeconds) to "
                + "\(deadlines.upperBound.wholeSeconds)"
    }

    static func deadMan(_ minutes: Int) -> String? {
        deadManMinutes.contains(minutes)
            ? nil
            : "a dead-man timer of \(minutes) min is outside \(deadManMinutes.lowerBound) to "
                + "\(deadManMinutes.upperBound)"
    }

    static func setting(_ key: UpdateConfiguration.Key, _ value: String?) -> String? {
        guard let value else { return nil }
        guard !value.isEmpty, value.utf8.count <= textBytesMax else {
            return "\(key.rawValue) is empty or longer than \(textBytesMax) bytes"
        }
        do {
            _ = try UpdateConfiguration(bytes: []).setting(key, to: value)
            return nil
        } catch {
            return String(describing: error)
        }
    }
}
