/// The commands an operator can use for a host that is not where it should be.
public enum RecoveryCommand: String, CaseIterable, Hashable, Sendable {
    case upgrade, resume, retryReverted, fromHosts, rollback, abandon, abandonHost, lose, unlock, hold,
        install
    /// `audit` reads the host and changes nothing.
    case audit
    /// `upgrade` with the other hosts named.
    case upgradeOthers
    /// A reboot of the host by hand.
    case plainReboot

    /// The commands that are the columns of the table. The other commands are only referred to.
    public static let asked: [RecoveryCommand] = [
        .upgrade, .resume, .retryReverted, .fromHosts, .rollback, .abandon, .abandonHost, .lose, .unlock,
        .hold,
        .install,
    ]

    /// The command line to type.
    ///
    /// - Parameters:
    ///   - rollout: the one that has the host; nil where none is known here.
    ///   - words: what a hold of that rollout asks for.
    public func line(host: HostID, rollout: RolloutID?, words: ResumeWords = .none) -> String {
        let id = rollout.map { " \(ShellWord($0.rawValue))" } ?? ""
        let name = ShellWord(host.rawValue)
        return switch self {
        case .upgrade: "turnstile upgrade"
        case .resume: "turnstile resume\(id)\(words)"
        case .retryReverted: "turnstile resume\(id) --retry-reverted"
        case .fromHosts: "turnstile resume --from-hosts"
        case .rollback: "turnstile rollback \(name)"
        case .abandon: "turnstile abandon\(id)"
        case .abandonHost: "turnstile abandon --host \(name)"
        case .lose: "turnstile lose \(name)"
        case .unlock: "turnstile unlock\(rollout == nil ? " ROLLOUT" : id)"
        case .hold: "turnstile hold\(id)"
        case .install: "turnstile install \(name)"
        case .audit: "turnstile audit \(name)"
        case .upgradeOthers: "turnstile upgrade HOST…"
        case .plainReboot: "sudo systemctl reboot"
        }
    }
}

/// The words that a hold needs before its rollout goes on.
public struct ResumeWords: Hashable, Sendable, CustomStringConvertible {
    public var retryReverted: Bool
    public var acceptsNoReturn: Bool

    public static let none = ResumeWords([])

    public init(_ reasons: [HoldReason]) {
        retryReverted = reasons.contains(where: \.isTerminal)
        acceptsNoReturn = reasons.contains(where: \.isPointOfNoReturn)
    }

    /// As options, each after a blank.
    public var description: String {
        (retryReverted ? " --retry-reverted" : "") + (acceptsNoReturn ? " --yes" : "")
    }
}

/// The command that goes on from a hold, once what it says was seen to.
public enum NextCommand: Hashable, Sendable {
    case resume(ResumeWords)
    case rollback(HostID)
    case abandon

    public init(after reasons: [HoldReason]) {
        if !reasons.isEmpty, reasons.allSatisfy(\.needsAnotherTarget) {
            self = .abandon
        } else if reasons.contains(where: { if case .machineChanged = $0 { true } else { false } }) {
            self = .abandon
        } else if let stray = reasons.lazy.compactMap(\.strayHost).first,
            !reasons.contains(where: { $0.revertedHost != nil })
        {
            self = .rollback(stray)
        } else {
            self = .resume(ResumeWords(reasons))
        }
    }
}

extension HoldReason {
    /// The host of this reason if it is on its single try and can only go back: it runs another version than the
    /// target, or its rollout gives the hosts back.
    fileprivate var strayHost: HostID? {
        switch self {
        case .wrongVersion(let host, _, _), .notGivenBack(let host, _): host
        default: nil
        }
    }
}
