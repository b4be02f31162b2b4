extension RolloutMachine {
    /// The directives in this state, after a restart.
    ///
    /// Of a reboot it must be found out first whether it was heard. Of any other act the gates are asked anew, as their
    /// answer was of another time; the act may have been heard, and is asked for again when they are open.
    public var outstanding: [Directive] {
        switch state.top {
        case .upgrade(let upgrade): upgrade.outstanding(facts)
        case .rollback(let rollback): rollback.outstanding
        case .platform(let upgrade): upgrade.outstanding
        case .planned, .giveBack, .uncordon, .hold, .finished: directives
        }
    }

    /// The act that the present state announces; nil where it announces none.
    public var intent: Intent? {
        for case .record(let intent) in directives { return intent }
        return nil
    }

    /// The directives on entering the present state.
    var directives: [Directive] {
        switch state.top {
        case .planned: []
        case .upgrade(let upgrade): upgrade.directives(facts)
        case .rollback(let rollback): rollback.directives
        case .giveBack(let giveBack): giveBack.directives
        case .uncordon(let uncordon): uncordon.directives
        case .platform(let upgrade): upgrade.directives
        case .hold(let reasons): [.hold(reasons)]
        case .finished(let outcome): [.finish(outcome)]
        }
    }
}
