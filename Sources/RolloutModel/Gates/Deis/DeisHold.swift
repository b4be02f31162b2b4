/// Why the gate for Deis' components holds.
public enum DeisHold: Hold {
    /// `components` run on fewer machines now than before the rollout.
    case deisDown(components: [String], seenBy: HostID)
    case deisUnknown(why: String, through: HostID? = nil)

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension DeisHold {
    public var gate: String { OverridableGate.deis.rawValue }

    public var patience: Patience { .mending }

    public var rank: HoldRank { .deis }

    public var subject: HostID? {
        switch self {
        case .deisUnknown(_, let host): host
        case .deisDown: nil
        }
    }

    public var basis: HoldBasis? {
        switch self {
        case .deisUnknown: .answer
        case .deisDown: nil
        }
    }

    public var witness: HostID? {
        switch self {
        case .deisDown(_, let host): host
        case .deisUnknown(_, let host): host
        }
    }
}

extension DeisHold {
    public var says: String {
        switch self {
        case .deisDown(let components, let witness):
            """
            Deis ran these before the rollout, and '\(witness)' says that not as many of them are active and running now: \
            \(components.joined(separator: ", "))
            """
        case .deisUnknown(let why, let witness):
            "what Deis runs cannot be told\(witness.through): \(why)"
        }
    }

    public var brief: String {
        switch self {
        case .deisDown(let components, _): "Deis components are down: \(Names.text(components))"
        case .deisUnknown(_, let host): "what Deis runs cannot be told" + host.on
        }
    }
}

extension DeisHold {
    public var remedy: Remedy {
        switch self {
        case .deisDown:
            [
                "see \(run: "deisctl list", .anyHost) and their journals: \(run: "deisctl journal COMPONENT", .anyHost)"
            ]
        case .deisUnknown:
            [
                """
                make \(run: "deisctl list", .anyHost) succeed on one of the hosts, or say \
                \(set: "gates.deis.enabled", to: "false")
                """
            ]
        }
    }
}
