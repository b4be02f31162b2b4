import RolloutModel
import SampleValues
import Testing

/// Ways back: of one host to its other partition, and of all hosts to what they were.
@Suite struct WaysBackTests {
    let a = Samples.a
    let b = Samples.b
    let c = Samples.c
    let old = Samples.old
    let new = Samples.new
    let whole: HoldReason = .fleet(
        .memberMissing(host: Samples.a, machine: MachineID("m-a"), witness: Samples.b))

    /// `a` has come back on its new partition.
    func proving(onFailure: Plan.OnFailure = .hold) throws -> RolloutMachine {
        var machine = RolloutMachine(plan: Samples.plan(onFailure: onFailure))
        try machine.handle([.began] + Samples.hostEvents.prefix(4))
        return machine
    }

    var retreat: RolloutMachine.Retreat {
        .init(boot: BootID("boot-2"), from: new, partition: "USR-B", requests: 1)
    }

    // MARK: rollback

    @Test func aHostGoesBackBehindTheGatesAndIsProvedWhole() throws {
        var machine = try proving()
        #expect(try machine.handle(Samples.rollbackRequested(a)) == [.askGates(.beforeRollback, a)])
        #expect(
            try machine.handle(.gatesOpened(running: new)) == [
                .record(.rollback(host: a, boot: BootID("boot-2"))), .rollback(a, retreat),
                .awaitRetreat(a, retreat),
            ])
        #expect(machine.outstanding == [.awaitRetreat(a, retreat)])
        #expect(try machine.handle(Samples.wentBackEvent) == [.askGates(.afterRollback, a)])
        #expect(
            try machine.handle(.gatesOpened(running: old))
                == [.hold([.step(.rolledBack(host: a, running: old, from: new))])])
    }

    @Test func aHostThatWasRolledBackIsNotStagedAgainWithoutAWord() throws {
        var machine = try proving()
        try machine.handle([
            Samples.rollbackRequested(a), .gatesOpened(running: new), Samples.wentBackEvent,
            .gatesOpened(running: old),
        ])
        #expect(
            try machine.handle(.resumed(retryReverted: false))
                == [.hold([.step(.rolledBack(host: a, running: old, from: new))])])
        #expect(try machine.handle(.resumed(retryReverted: true)) == [.askGates(.beforeStage, a)])
        #expect(
            try machine.handle(.gatesOpened(running: old)).last == .stage(a, target: new, acceptsRevert: true)
        )
    }

    /// Came back on a third version, and then not at all: the command that the hold names goes on with the way back.
    @Test func aWayBackThatWasBegunNeedsNoWord() throws {
        let stray = Version("1.5.0")
        var machine = RolloutMachine(plan: Samples.plan(onFailure: .rollback))
        try machine.handle([.began] + Samples.hostEvents.prefix(3))
        try machine.handle([
            .returned(boot: BootID("boot-2"), version: stray, partition: "USR-B"),
            .gatesOpened(running: stray), .notReturned(waited: .seconds(300), why: "no route to host"),
        ])
        let reasons = try #require(machine.state.held)
        guard case .rollback(let rollback) = machine.state.work, rollback.stage == .rebooting else {
            Issue.record("\(machine.state)")
            return
        }
        #expect(NextCommand(after: reasons) == .rollback(a))
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.awaitRetreat(a, rollback.retreat)])
        #expect(machine.revertsAccepted.isEmpty)
    }

    @Test func anUpgradedHostThatGoesBackIsNotUpgradedAnyMore() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began] + Samples.hostEvents)
        #expect(machine.results == [a: .upgraded])
        try machine.handle([
            Samples.rollbackRequested(a), .gatesOpened(running: new), Samples.wentBackEvent,
            .gatesOpened(running: old),
        ])
        #expect(machine.results.isEmpty)
        #expect(machine.state.unheld == .gating(a))
    }

    @Test func noSecondHostMayGoBackWhileOneIsOut() throws {
        var machine = try proving()
        #expect(machine.state.hostOut == a)
        #expect(!machine.isFree(toRetreat: b))
        #expect(throws: RolloutMachine.IllegalEvent.self) { try machine.handle(Samples.rollbackRequested(b)) }
        #expect(throws: RolloutMachine.IllegalEvent.self) {
            try machine.handle(Samples.rollbackRequested(HostID("z")))
        }
    }

    @Test func shutGatesLeaveTheRolloutWhereItStood() throws {
        var machine = try proving()
        let reason = HoldReason.etcd(
            .quorumWouldBreak(
                host: a, healthyWithout: 1, votesNeeded: 2, voters: 3, seenBy: Samples.b))
        try machine.handle([Samples.rollbackRequested(a)])
        #expect(
            try machine.handle(.gatesHeld(reasons: [reason]))
                == [.hold([.step(.notRolledBack(host: a, why: reason.description))])])
        #expect(machine.state.unheld == .upgrade(a, .healthCheck(Samples.returned)))
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeCommit, a)])
    }

    @Test func aRollbackThatChangesNothingIsSaidAndTheNewBootIsTheOneThatCounts() throws {
        var machine = try proving()
        try machine.handle([Samples.rollbackRequested(a), .gatesOpened(running: new)])
        let last = try machine.handle(.returned(boot: BootID("boot-3"), version: new, partition: "USR-B"))
        guard case .hold(let reasons)? = last.first, case .step(.notRolledBack(a, let why))? = reasons.first
        else {
            Issue.record("\(last)")
            return
        }
        #expect(why.contains("came back on USR-B again"))
        #expect(
            machine.state.unheld
                == .upgrade(
                    a, .healthCheck(.init(version: new, boot: BootID("boot-3"), partition: "USR-B"))))
    }

    @Test func aRequestThatIsIgnoredIsMadeAgainBehindTheGatesAndNotForEver() throws {
        var machine = try proving()
        try machine.handle([Samples.rollbackRequested(a), .gatesOpened(running: new)])
        #expect(try machine.handle(.rebootNotBegun()) == [.askGates(.beforeRollback, a)])
        try machine.handle([.gatesOpened(running: new), .rebootNotBegun()])
        let ignored = HoldReason.step(.rebootIgnored(host: a, attempts: 2))
        #expect(
            try machine.handle(.gatesOpened(running: new))
                == [.hold([.step(.notRolledBack(host: a, why: ignored.description))])])
    }

    @Test func aRequestThatMayNotHaveBeenMadeIsNotIgnored() throws {
        var machine = try proving()
        try machine.handle([Samples.rollbackRequested(a), .gatesOpened(running: new)])
        for _ in 1...3 {
            try machine.handle([.rebootNotBegun(mayBeUnsent: true), .gatesOpened(running: new)])
            #expect(machine.state.held == nil)
        }
    }

    @Test func oneThatDoesNotComeBackIsWaitedForAgain() throws {
        var machine = try proving()
        try machine.handle([Samples.rollbackRequested(a), .gatesOpened(running: new)])
        try machine.handle([.notReturned(waited: .seconds(60), why: "no route")])
        #expect(machine.state.hostOut == a)
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.awaitRetreat(a, retreat)])
    }

    @Test func oneWhoseKeyIsNotTrustedHoldsAsThat() throws {
        var machine = try proving()
        try machine.handle([Samples.rollbackRequested(a), .gatesOpened(running: new)])
        let directives = try machine.handle(
            .notReturned(waited: .seconds(16), why: "its key", trouble: .hostKey))
        #expect(directives == [.hold([.host(.hostUnreadable(host: a, why: "its key", trouble: .hostKey))])])
    }

    @Test func onFailureRollbackGoesBackAndHoldsWithBothReasons() throws {
        var machine = try proving(onFailure: .rollback)
        #expect(try machine.handle(.gatesHeld(reasons: [whole])) == [.askGates(.beforeRollback, a)])
        try machine.handle([.gatesOpened(running: new), Samples.wentBackEvent])
        #expect(
            try machine.handle(.gatesOpened(running: old))
                == [.hold([whole, .step(.rolledBack(host: a, running: old, from: new))])])
    }

    @Test func onFailureHoldsWhereThereIsNoWayBack() throws {
        var machine = try proving(onFailure: .rollback)
        let past = HoldReason.noReturn(.pastReturn(host: a, etcd: "3.4", cluster: "3.5", partition: "USR-A"))
        try machine.handle([.gatesHeld(reasons: [whole])])
        #expect(
            try machine.handle(.gatesHeld(reasons: [past]))
                == [.hold([whole, .step(.notRolledBack(host: a, why: past.description))])])
        #expect(machine.state.unheld == .upgrade(a, .healthCheck(Samples.returned)))
    }

    @Test func onFailureRollbackTakesAnotherVersionOnTheNewPartitionBack() throws {
        var machine = RolloutMachine(plan: Samples.plan(onFailure: .rollback))
        try machine.handle([.began] + Samples.hostEvents.prefix(3))
        let other = Version("1.5.0")
        #expect(
            try machine.handle(.returned(boot: BootID("boot-2"), version: other, partition: "USR-B"))
                == [.askGates(.beforeRollback, a)])
    }

    @Test(arguments: [Plan.OnFailure.hold, .rollback])
    func aHostThatWentBackByItselfIsNotTakenBack(onFailure: Plan.OnFailure) throws {
        var machine = try proving(onFailure: onFailure)
        let reverted = HoldReason.step(.reverted(host: a, running: old, target: new))
        #expect(try machine.handle(.gatesHeld(reasons: [reverted])) == [.hold([reverted])])
        #expect(machine.state.unheld == .gating(a))
    }

    @Test func aRolloutForOneWayBackEndsWithIt() throws {
        var machine = RolloutMachine(plan: Samples.plan(purpose: .rollback(host: b)))
        #expect(throws: RolloutMachine.IllegalEvent.self) { try machine.handle(.began) }
        #expect(throws: RolloutMachine.IllegalEvent.self) { try machine.handle(Samples.rollbackRequested(a)) }
        try machine.handle([
            Samples.rollbackRequested(b), .gatesOpened(running: new), Samples.wentBackEvent,
        ])
        #expect(try machine.handle(.gatesOpened(running: old)) == [.finish(.rolledBack)])
    }

    @Test func aRolloutForOneWayBackIsResumedToItAndNeverUpgrades() throws {
        var machine = RolloutMachine(plan: Samples.plan(purpose: .rollback(host: b)))
        try machine.handle([Samples.rollbackRequested(b), .gatesHeld(reasons: [whole])])
        #expect(machine.retreating == b)
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeRollback, b)])
    }

    /// A host on its single try can only go back, whoever rebooted it.
    @Test func aHostThatCameUpOnItsTryIsRolledBackFirstAndThenGivenBack() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began] + Samples.hostEvents.prefix(2) + [.abandonRequested])
        try machine.handle([
            .cameUp(boot: BootID("boot-2"), version: new, partition: "USR-B"),
            .abandoned(host: b, undone: [], left: []),
        ])
        let reason = HoldReason.step(.notGivenBack(host: a, running: new))
        #expect(try machine.handle(.abandoned(host: c, undone: [], left: [])) == [.hold([reason])])
        #expect(NextCommand(after: [reason]) == .rollback(a))
        #expect(machine.isFree(toRetreat: a) && !machine.isFree(toRetreat: b))
        try machine.handle([
            Samples.rollbackRequested(a), .gatesOpened(running: new), Samples.wentBackEvent,
        ])
        #expect(
            try machine.handle(.gatesOpened(running: old)) == [.record(.abandon(host: a)), .abandon(a)])
        #expect(try machine.handle(.abandoned(host: a, undone: [], left: [])) == [.finish(.abandoned)])
    }

    /// Gates that stay shut behind the way back are asked again, and nothing is given back before they open.
    @Test func aHostThatIsNotWholeAfterItsWayBackIsNotGivenBackYet() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began] + Samples.hostEvents.prefix(2) + [.abandonRequested])
        try machine.handle([
            Samples.rollbackRequested(a), .gatesOpened(running: new), Samples.wentBackEvent,
        ])
        #expect(try machine.handle(.gatesHeld(reasons: [whole])) == [.hold([whole])])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.afterRollback, a)])
        #expect(
            try machine.handle(.gatesOpened(running: old)) == [.record(.abandon(host: a)), .abandon(a)])
    }

    // MARK: revert

    @Test func anAgentsWordThatAHostRevertedHoldsUntilAPersonsWord() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began, .gatesOpened(running: old)])
        let reason = HoldReason.step(.revertedBefore(host: a, why: "it went back"))
        #expect(try machine.handle(.refusedAsReverted(why: "it went back")) == [.hold([reason])])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.hold([reason])])
        try machine.handle([.resumed(retryReverted: true)])
        #expect(
            try machine.handle(.gatesOpened(running: old)).last == .stage(a, target: nil, acceptsRevert: true)
        )
    }

    // MARK: abandon

    @Test func everyHostIsGivenBackInTurnEachAnnouncedFirst() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began] + Samples.hostEvents)
        #expect(try machine.handle(.abandonRequested) == [.record(.abandon(host: a)), .abandon(a)])
        #expect(machine.intent == .abandon(host: a))
        #expect(
            try machine.handle(.abandoned(host: a, undone: ["x"], left: []))
                == [.record(.abandon(host: b)), .abandon(b)])
        #expect(throws: RolloutMachine.IllegalEvent.self) {
            try machine.handle(.abandoned(host: c, undone: [], left: []))
        }
        try machine.handle([.abandoned(host: b, undone: [], left: [])])
        #expect(try machine.handle(.abandoned(host: c, undone: [], left: [])) == [.finish(.abandoned)])
        #expect(machine.results == [a: .upgraded])
    }

    @Test func aHostThatDoesNotAnswerIsNamedAndAskedAgainAlone() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([
            .began, .abandonRequested, .abandoned(host: a, undone: [], left: []),
            .stepFailed(why: "no route"),
        ])
        let failed = HoldReason.step(.stepFailed(host: b, step: .abandon, why: "no route"))
        #expect(try machine.handle(.abandoned(host: c, undone: [], left: [])) == [.hold([failed])])
        #expect(try machine.handle(.abandonRequested) == [.record(.abandon(host: b)), .abandon(b)])
        #expect(try machine.handle(.abandoned(host: b, undone: [], left: [])) == [.finish(.abandoned)])
    }

    @Test func aRolloutWithAHostOutIsNotAbandoned() throws {
        var machine = try proving()
        try machine.handle([.gatesHeld(reasons: [whole])])
        #expect(throws: RolloutMachine.IllegalEvent.self) { try machine.handle(.abandonRequested) }
        try machine.handle([
            Samples.rollbackRequested(a), .gatesOpened(running: new), Samples.wentBackEvent,
            .gatesOpened(running: old),
        ])
        #expect(try machine.handle(.abandonRequested) == [.record(.abandon(host: a)), .abandon(a)])
    }

    @Test func whatWasMadeToGiveBackNeverUpgrades() throws {
        var machine = RolloutMachine(plan: Samples.plan(purpose: .abandon))
        #expect(throws: RolloutMachine.IllegalEvent.self) { try machine.handle(.began) }
        #expect(try machine.handle(.abandonRequested) == [.record(.abandon(host: a)), .abandon(a)])
    }
}
