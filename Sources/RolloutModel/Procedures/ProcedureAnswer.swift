/// The answer of a procedure to an event. What is to be done in its stage is asked of the procedure itself.
indirect enum ProcedureAnswer: Hashable, Sendable {
    /// It goes on, from the stage that it is in now.
    case stay
    /// A person is waited for, and then it goes on from its stage.
    case hold([HoldReason])
    /// Other work comes first, and then it goes on from its stage.
    case push(Work)
    case done(ProcedureResult)
    /// A host is no longer out, or does not go yet. Its node serves again before anything else.
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
}
