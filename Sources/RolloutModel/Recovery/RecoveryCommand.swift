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
        guard let command = command(host: host, rollout: rollout, words) else {
            return "sudo systemctl reboot"
        }
        return "turnstile \(command.words)"
    }

    /// nil where it is none of turnstile's.
    private func command(host: HostID, rollout: RolloutID?, _ words: ResumeWords) -> OperatorCommand? {
        switch self {
        case .upgrade: .upgrade
        case .resume: .resume(rollout, words)
        case .retryReverted: .resume(rollout, ResumeWords(retryReverted: true))
        case .fromHosts: .resumeFromHosts
        case .rollback: .rollback(host)
        case .abandon: .abandon(rollout)
        case .abandonHost: .abandonHost(host)
        case .lose: .lose(host)
        case .unlock: .unlock(rollout)
        case .hold: .hold(rollout)
        case .install: .install(host)
        case .audit: .audit(host)
        case .upgradeOthers: .upgradeOthers
        case .plainReboot: nil
        }
    }
}
