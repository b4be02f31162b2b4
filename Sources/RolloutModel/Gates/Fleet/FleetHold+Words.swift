extension FleetHold {
    public var says: String {
        switch self {
        case .noWitness(let host): "no other host can say whether '\(host)' is in fleet"
        case .membershipUnknown(let witness, let why):
            "fleet could not be read through '\(witness)': \(why)"
        case .memberMissing(let host, let machine, let witness):
            "host '\(host)' (\(machine.rawValue.prefix(8))) is missing from fleetctl list-machines on '\(witness)'"
        case .membershipUnsteady(let seen, let needed):
            "fleet has been whole for \(seen.wholeSeconds) s of the \(needed.wholeSeconds) s that prove it fresh"
        case .fleetTTLUnknown(let why):
            "how long fleet lists a machine that died is not known, by its registry in etcd: \(why)"
        case .fleetTTLDiffers(let listed, let configured):
            """
            fleet's agent_ttl is at least \(listed.wholeSeconds) s, by its registry, and gates.fleet.ttl says \
            \(configured.wholeSeconds) s: the longer one counts
            """
        case .unitsDown(let units, let witness):
            """
            fleet ran these before the rollout, and \(witness.map { "'\($0)' says that it does" } ?? "does") not run as many \
            of them now: \
            \(units.joined(separator: ", "))
            """
        case .unitsUnknown(let why, let witness):
            "what fleet runs cannot be told\(witness.through): \(why)"
        }
    }

    public var brief: String {
        switch self {
        case .membershipUnknown(let witness, _): "fleet cannot be asked on '\(witness)'"
        case .memberMissing(let host, _, _): "host '\(host)' is missing from fleetctl list-machines"
        case .membershipUnsteady: "fleet is whole, and not yet for long enough"
        case .unitsDown(let units, _): "units of fleet are down: \(Names.text(units))"
        case .unitsUnknown(_, let host): "what fleet runs cannot be told" + host.on
        default: says
        }
    }
}
