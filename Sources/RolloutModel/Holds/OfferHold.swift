/// Why the update server's offer holds a rollout.
public enum OfferHold: Hold {
    case offerDiffers(host: HostID, offered: Version, target: Version)
    case nothingOffered(host: HostID, running: Version, target: Version)
    case leftBehind(hosts: [HostID], target: Version)
    /// The first offer is known, and a person is asked about it. The host has it staged, and runs what it ran.
    case offerUnconfirmed(host: HostID, offered: Version)
    /// The version that runs was put on the other partition: a reboot would upgrade nothing.
    case runningVersionStaged(host: HostID, version: Version)

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension OfferHold {
    public var gate: String { "offer" }

    public var patience: Patience {
        switch self {
        case .offerDiffers, .nothingOffered, .leftBehind, .offerUnconfirmed: .mending
        case .runningVersionStaged: .act
        }
    }

    public var rank: HoldRank { .host }

    public var subject: HostID? {
        switch self {
        case .offerDiffers(let host, _, _), .nothingOffered(let host, _, _),
            .runningVersionStaged(let host, _), .offerUnconfirmed(let host, _):
            host
        case .leftBehind: nil
        }
    }
}

extension OfferHold {
    public var says: String {
        switch self {
        case .runningVersionStaged(let host, let version):
            "\(version) is staged on host '\(host)', which runs it already: a reboot would upgrade nothing"
        case .offerUnconfirmed(let host, let offered):
            "host '\(host)' was offered \(offered), which becomes the target of all; it is staged there, and not booted"
        case .offerDiffers(let host, let offered, let target):
            "host '\(host)' was offered \(offered), and the target is \(target); the offer was disarmed"
        case .nothingOffered(let host, let running, let target):
            "host '\(host)' runs \(running) and was offered nothing, and the target is \(target)"
        case .leftBehind(let hosts, let target):
            "\(hosts.map(\.rawValue).joined(separator: ", ")) were offered nothing before \(target) appeared"
        }
    }
}

extension OfferHold {
    public var remedy: Remedy {
        switch self {
        case .offerDiffers(_, let offered, let target):
            [
                "see why the group now offers \(offered), and make it offer \(target) again",
                """
                or end this rollout with \(or: .abandon()), and begin another with \(option: "to", offered.rawValue)
                """,
            ]
        case .nothingOffered(let host, _, _):
            ["see which group and server '\(host)' uses: \(look: .audit(host))"]
        case .leftBehind:
            ["resume to ask them again"]
        case .offerUnconfirmed(_, let offered):
            [
                "resume if \(offered) is the version that you want",
                "\(or: .abandon()) gives the host back as it was found, with its old version",
            ]
        case .runningVersionStaged(let host, _):
            Remedy(
                [
                    """
                    give it back with \(.next), and see why the server offers to '\(host)' what it runs: \
                    \(look: .audit(host)) shows its group
                    """
                ], then: .abandon)
        }
    }
}
