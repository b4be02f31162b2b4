extension HostStateHold {
    public var remedy: Remedy {
        switch self {
        case .hostUnreadable(let host, _, .bastion?, let bastion?):
            ["mend '\(bastion.name)', or the way to it: \(look: .audit(host)) takes the same way"]
        case .hostUnreadable(let host, _, let trouble, _):
            Remedy((trouble?.steps(on: host) ?? HostTrouble.unsorted(on: host)) + Self.losing(host, trouble))
        case .hostUncommitted(let host):
            [
                """
                \(or: .rollback(host)) takes it back to its old partition; where Turnstile did not bring it there, a plain \
                reboot does
                """
            ]
        case .partitionsUnreadable(let host, _):
            [
                """
                look at \(run: "sudo cgpt show", on: host, asRoot: true) of the disk with USR-A and USR-B on '\(host)': its \
                agent reads no other
                """
            ]
        case .updateAlreadyPending(let host):
            ["reboot '\(host)' yourself, or undo its update, so that it starts from rest"]
        case .otherPartitionNext(let host, _, _):
            [
                """
                make the one that runs the first choice: \
                \(run: "cgpt prioritize $(rootdev -s /usr)", on: host, asRoot: true) as root on '\(host)'
                """,
                "or reboot it yourself",
            ]
        case .claimedByAnother(let host, let rollout):
            [
                "finish it with \(or: .resume(rollout)), or give its hosts back with \(or: .abandon(rollout))",
                """
                where it has ended, or its journal is lost: \(or: .unlock(rollout)), then \(or: .abandonHost(host)), or where \
                '\(host)' runs its new system uncommitted \(or: .rollback(host))
                """,
            ]
        case .machineChanged(let host, _, _):
            [
                "see what '\(host)' leads to: once the planned machine answers to it, \(.next) goes on",
                """
                where the machine was replaced for good, end this rollout with \(or: .abandon()), and begin another
                """,
            ]
        case .sameMachine(let host, _):
            ["name each machine once: leave out '\(host)', or give the cloned host a machine-id of its own"]
        // A file, where no unit is to blame.
        case .hostUnsafe(let host, let unit, _) where unit.hasPrefix("/"):
            ["look at \(run: "ls -l \(unit)", on: host) on '\(host)'"]
        case .hostUnsafe(let host, let unit, _):
            ["look at \(run: "systemctl status \(unit)", on: host) on '\(host)'"]
        case .untold(let host, _, _):
            [
                """
                make \(run: "sudo /opt/bin/turnstile-agent report", on: host, asRoot: true) on '\(host)' tell it: what it \
                cannot read is under "unreadable"
                """
            ]
        }
    }

    /// A host that broke for good would be waited for for ever.
    private static func losing(_ host: HostID, _ trouble: HostTrouble?) -> [Remedy.Step] {
        guard trouble == nil || trouble == .unreachable else { return [] }
        return [.inRollout("if it never comes back: \(or: .lose(host))")]
    }
}
