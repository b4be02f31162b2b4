/// Why fleet's gate holds: its machines, how long it lists dead ones, and its units.
public enum FleetHold: Hold {
    case noWitness(host: HostID)
    case membershipUnknown(witness: HostID, why: String)
    case memberMissing(host: HostID, machine: MachineID, witness: HostID)
    case membershipUnsteady(seen: Duration, needed: Duration)
    /// How long fleet lists a machine that died.
    case fleetTTLUnknown(why: String)
    /// fleet's registry shows a longer time than the configuration.
    case fleetTTLDiffers(listed: Duration, configured: Duration)
    /// `units` run on fewer machines now than before the rollout. `seenBy`, here and below: nil in journals of older
    /// versions, which did not have it.
    case unitsDown(units: [String], seenBy: HostID?)
    /// `through` is the host that was asked, here and below; nil if several were asked, or none.
    case unitsUnknown(why: String, through: HostID? = nil)

    /// The names in a journal, here and below.
    private enum MembershipUnsteadyCodingKeys: String, CodingKey {
        case seen = "seenSeconds"
        case needed = "neededSeconds"
    }

    private enum FleetTTLDiffersCodingKeys: String, CodingKey {
        case listed = "seconds"
        case configured
    }

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension FleetHold {
    public var gate: String {
        switch self {
        case .noWitness, .membershipUnknown, .memberMissing, .membershipUnsteady, .fleetTTLDiffers:
            "fleet"
        case .fleetTTLUnknown: OverridableGate.fleetTTL.rawValue
        case .unitsDown, .unitsUnknown: OverridableGate.units.rawValue
        }
    }

    public var patience: Patience {
        switch self {
        case .noWitness, .membershipUnknown, .memberMissing, .fleetTTLUnknown, .unitsDown,
            .unitsUnknown:
            .mending
        case .membershipUnsteady, .fleetTTLDiffers: .soon
        }
    }

    public var rank: HoldRank {
        switch self {
        case .membershipUnknown: .fleet
        case .memberMissing: .fleetMember
        case .unitsDown, .unitsUnknown, .fleetTTLUnknown: .units
        case .membershipUnsteady: .waiting
        case .noWitness, .fleetTTLDiffers: .other
        }
    }

    public var subject: HostID? {
        switch self {
        case .noWitness(let host), .memberMissing(let host, _, _): host
        case .membershipUnknown(let witness, _): witness
        case .unitsUnknown(_, let host): host
        case .membershipUnsteady, .fleetTTLUnknown, .fleetTTLDiffers, .unitsDown: nil
        }
    }

    public var basis: HoldBasis? {
        switch self {
        case .membershipUnknown, .unitsUnknown: .answer
        case .memberMissing: .presence
        case .noWitness, .membershipUnsteady, .fleetTTLUnknown, .fleetTTLDiffers, .unitsDown: nil
        }
    }

    public var witness: HostID? {
        switch self {
        case .unitsDown(_, let host): host
        case .unitsUnknown(_, let host): host
        default: nil
        }
    }
}
