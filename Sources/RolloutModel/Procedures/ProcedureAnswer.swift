/// The answer of a procedure to an event. The directives of its stage are asked of the procedure itself.
indirect enum ProcedureAnswer: Hashable, Sendable {
    /// The procedure goes on, from the stage that it is in now.
    case stay
    /// The procedure waits for a person, and then goes on from its stage.
    case hold([HoldReason])
    /// The procedure goes on from its stage after other work.
    case push(Work)
    case done(ProcedureResult)
    /// A host is no longer out, or does not go yet. The host's node serves again before anything else.
    case uncordon(HostID, before: ProcedureAnswer)
}

/// The end of a procedure, of which the frame makes what comes next.
enum ProcedureResult: Hashable, Sendable {
    case hostDone(HostID, RolloutMachine.Result)
    /// The host is back on its old partition. With reasons: it is not whole there.
    case wentBack(HostRollback, running: Version, [HoldReason])
    /// The host cannot go back, or did not. `boot` is the one that it is in now, where it did reboot.
    case stayed(HostRollback, [HoldReason], boot: BootID?)
    /// Every host was given back.
    case givenBack
    case uncordoned
    /// The steps of a platform's upgrade.
    case steps(StepsResult)
}
