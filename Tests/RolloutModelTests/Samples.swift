import RolloutModel
import SampleValues

/// Three hosts of one small cluster, from 1.0.0 to 2.0.0.
enum Samples {
    static let a = HostID("a")
    static let b = HostID("b")
    static let c = HostID("c")
    static let old = Version("1.0.0")
    static let new = Version("2.0.0")

    static func plan(
        _ hosts: [HostID] = [a, b, c], target: Plan.Target = .firstOffer, stopAfter: Int? = nil,
        onFailure: Plan.OnFailure = .hold, purpose: Plan.Purpose = .upgrade
    ) -> Plan {
        Plan.sample(
            rollout: RolloutID("r-1"),
            hosts: hosts.map { PlannedHost(id: $0, machine: MachineID("m-\($0)"), version: old) },
            target: target, onFailure: onFailure, purpose: purpose, stopAfter: stopAfter)
    }

    static func staged(_ requests: Int = 0) -> RolloutMachine.Staged {
        .init(version: new, boot: BootID("boot-1"), partition: "USR-B", requests: requests, told: requests)
    }

    static let returned = RolloutMachine.Returned(
        version: new, boot: BootID("boot-2"), partition: "USR-B")

    static let stagedEvent = RolloutMachine.Event.staged(
        version: new, boot: BootID("boot-1"), partition: "USR-B")
    static let returnedEvent = RolloutMachine.Event.returned(
        boot: BootID("boot-2"), version: new, partition: "USR-B")

    /// `a` is back on its old partition, after a rollback.
    static let wentBackEvent = RolloutMachine.Event.returned(
        boot: BootID("boot-3"), version: old, partition: "USR-A")

    static func rollbackRequested(_ host: HostID) -> RolloutMachine.Event {
        .rollbackRequested(host: host, boot: BootID("boot-2"), version: new, partition: "USR-B")
    }

    /// The events after the first host's gates, where no host is offered an update.
    static let unofferedRest: [RolloutMachine.Event] = [
        .nothingOffered(running: old), .gatesOpened(running: old), .nothingOffered(running: old),
        .gatesOpened(running: old), .nothingOffered(running: old),
    ]

    /// The whole path of one host, from its gates to the next host's.
    static let hostEvents: [RolloutMachine.Event] = [
        .gatesOpened(running: old), stagedEvent, .gatesOpened(running: old), returnedEvent,
        .gatesOpened(running: new), .committed(version: new), .gatesOpened(running: new),
    ]
}

extension RolloutMachine {
    /// Handles events that are all legal, and returns the directives of the last one.
    @discardableResult
    mutating func handle(_ events: [Event]) throws -> [Directive] {
        var last: [Directive] = []
        for event in events { last = try handle(event) }
        return last
    }
}
