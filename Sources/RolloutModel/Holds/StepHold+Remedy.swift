extension StepHold {
    public var remedy: Remedy {
        switch self {
        case .stepFailed(_, .evacuate, _), .stepFailed(_, .readmit, _):
            ["make \(run: "kubectl get nodes", .here) answer here", "resuming asks for it again"]
        case .stepFailed(let host, .abandon, _):
            Remedy(
                [
                    """
                    mend what is said there: \(run: "journalctl -u turnstile-agent", on: host) on '\(host)' tells more
                    """,
                    "then run \(.next) again, which goes on from here",
                ], then: .abandon)
        case .stepFailed(let host, .rollback, _), .stepFailed(let host, .reboot, _):
            ["look at \(run: "journalctl -u turnstile-agent", on: host) on '\(host)'"]
        case .stepFailed(let host, .stage, _), .stepFailed(let host, .commit, _):
            ["look at \(run: "journalctl -u turnstile-agent -u update-engine", on: host) on '\(host)'"]
        case .notReturned(let host, _, _, let trouble?):
            Remedy(
                trouble.steps(on: host) + [
                    """
                    a plain reboot, or \(or: .rollback(host)) once it answers, takes it back to its old partition
                    """,
                    "if it is given up for good: \(or: .lose(host))",
                ])
        case .notReturned(let host, _, _, nil):
            [
                "look at the console of '\(host)'",
                """
                a plain reboot, or \(or: .rollback(host)) once it answers, takes it back to its old partition
                """,
                "if it never comes back: \(or: .lose(host))",
            ]
        case .rebootIgnored(let host, _):
            ["look at \(run: "systemctl list-jobs", on: host) on '\(host)'"]
        case .reverted(let host, _, _):
            [
                "'\(host)' runs its old system, and is safe",
                """
                see why it went back: \(look: .audit(host)), and \(run: "journalctl -b -1", on: host) on '\(host)' for the \
                boot before
                """,
                "trying again overwrites the copy that failed",
            ]
        case .revertedBefore(let host, _):
            [
                "'\(host)' runs its old system, and is safe",
                """
                see why it went back: \(look: .audit(host)), and \(run: "journalctl --list-boots", on: host) on \
                '\(host)' for the boots before
                """,
                "trying again overwrites the copy that failed",
            ]
        case .wrongVersion(let host, _, _):
            Remedy(
                [
                    "take it back with \(.next), unless \(look: .audit(host)) shows that it went back already"
                ], then: .rollback(host))
        case .prefetchDoubted(let host, .engineAtWork, _):
            [
                """
                let update-engine on '\(host)' come to its end, or stop it: \(run: "systemctl stop update-engine", on: host)
                """,
                "resuming proves what was downloaded once more",
            ]
        case .prefetchDoubted(let host, _, _):
            [
                "'\(host)' runs as before, and was given back",
                """
                find out who did it: \(run: "journalctl -u update-engine", on: host) on '\(host)'
                """,
                "resuming downloads the update in the host's turn",
            ]
        case .rolledBack:
            [
                "upgrade it again with \(option: "retry-reverted"), or give the hosts back with \(or: .abandon())"
            ]
        case .notRolledBack(let host, _):
            ["look at '\(host)'", "to ask for its way back once more: \(or: .rollback(host))"]
        case .notGivenBack(let host, _):
            Remedy(
                ["\(.next) takes it back to its old partition, and then goes on giving hosts back"],
                then: .rollback(host))
        }
    }
}
