import RolloutModel

extension RolloutMachine {
    /// The machine of a plan after these events.
    ///
    /// - Throws: `IllegalEvent` for an event that cannot follow.
    package static func after(_ events: [Event], of plan: Plan) throws(IllegalEvent) -> RolloutMachine {
        var machine = RolloutMachine(plan: plan)
        for event in events { _ = try machine.handle(event) }
        return machine
    }
}

extension RolloutMachine.Event {
    /// A host's whole turn, from the gates before it to those after it.
    package static func upgrade(from old: String, to new: String) -> [RolloutMachine.Event] {
        let (old, new) = (Version(old), Version(new))
        return [
            .gatesOpened(running: old), .staged(version: new, boot: BootID("b-1"), partition: "USR-B"),
            .gatesOpened(running: old), .returned(boot: BootID("b-2"), version: new, partition: "USR-B"),
            .gatesOpened(running: new), .committed(version: new), .gatesOpened(running: new),
        ]
    }
}
