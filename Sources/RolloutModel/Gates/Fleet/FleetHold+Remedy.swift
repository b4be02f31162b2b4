extension FleetHold {
    public var remedy: Remedy {
        switch self {
        case .noWitness:
            [
                "name at least two hosts",
                "or, where nothing here runs fleet, say \(set: "gates.fleet.enabled", to: "false")",
            ]
        case .membershipUnknown(let witness, _):
            [
                "make \(run: "fleetctl list-machines", on: witness) succeed on '\(witness)'",
                "look at \(run: "systemctl status fleet fleet.socket etcd-member etcd2", on: witness) there",
            ]
        case .memberMissing(let host, _, _):
            ["look at \(run: "systemctl status fleet etcd-member etcd2", on: host) on '\(host)'"]
        case .membershipUnsteady:
            ["\(.wait), or raise \(set: "timeouts.gate")"]
        case .fleetTTLUnknown:
            [
                """
                make \(set: "gates.etcd.endpoint") answer /v2/keys/_coreos.com/fleet/machines on one of the hosts: fleet keeps \
                its machines there
                """
            ]
        case .fleetTTLDiffers(let listed, _):
            [
                "say \(set: "gates.fleet.ttl", to: "\(listed.wholeSeconds)s"), or set agent_ttl in fleet.conf of the hosts"
            ]
        case .unitsDown:
            [
                "see \(run: "fleetctl list-units", .anyHost) and their journals",
                "one that is not to run any more: \(run: "fleetctl stop UNIT", .anyHost)",
            ]
        case .unitsUnknown:
            [
                """
                make \(run: "fleetctl list-units", .anyHost) and \(run: "fleetctl list-unit-files", .anyHost) answer on one of \
                the hosts
                """,
                "or say \(set: "gates.fleet.units", to: "false")",
            ]
        }
    }
}
