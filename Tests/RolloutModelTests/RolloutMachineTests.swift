import RolloutModel
import Testing

@Suite struct RolloutMachineTests {
    let a = Samples.a
    let b = Samples.b
    let c = Samples.c
    let old = Samples.old
    let new = Samples.new

    @Test func oneHostsPathStepByStep() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        #expect(try machine.handle(.began) == [.askGates(.beforeStage, a)])
        #expect(
            try machine.handle(.gatesOpened(running: old))
                == [.record(.stage(host: a, target: nil)), .stage(a, target: nil, acceptsRevert: false)])
        #expect(try machine.handle(Samples.stagedEvent) == [.askGates(.beforeReboot, a)])
        #expect(
            try machine.handle(.gatesOpened(running: old)) == [
                .record(.reboot(host: a, boot: BootID("boot-1"), version: new)),
                .reboot(a, Samples.staged(1)), .awaitReturn(a, Samples.staged(1)),
            ])
        #expect(try machine.handle(Samples.returnedEvent) == [.askGates(.beforeCommit, a)])
        #expect(
            try machine.handle(.gatesOpened(running: new)) == [
                .record(.commit(host: a, boot: BootID("boot-2"), version: new)), .commit(a, Samples.returned),
            ])
        #expect(try machine.handle(.committed(version: new)) == [.askGates(.afterCommit, a)])
        #expect(try machine.handle(.gatesOpened(running: new)) == [.askGates(.beforeStage, b)])
        #expect(machine.results == [a: .upgraded])
        #expect(machine.target == new)
    }

    @Test func theFirstOfferBindsEveryHostAfterIt() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began] + Samples.hostEvents)
        #expect(
            try machine.handle(.gatesOpened(running: old))
                == [.record(.stage(host: b, target: new)), .stage(b, target: new, acceptsRevert: false)])
    }

    @Test func allHostsInTurnAndThenTheEnd() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        let last = try machine.handle(
            [.began] + Samples.hostEvents + Samples.hostEvents + Samples.hostEvents)
        #expect(last == [.finish(.upgraded)])
        #expect(machine.results == [a: .upgraded, b: .upgraded, c: .upgraded])
    }

    @Test func nothingOfferedAnywhereIsAnEnd() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        let turn: [RolloutMachine.Event] = [.gatesOpened(running: old), .nothingOffered(running: old)]
        #expect(try machine.handle([.began] + turn + turn + turn) == [.finish(.nothingOffered)])
        #expect(machine.results == [a: .unchanged, b: .unchanged, c: .unchanged])
    }

    @Test func aHostOfferedNothingBeforeOthersGetsAnotherTurn() throws {
        var machine = RolloutMachine(plan: Samples.plan([a, b]))
        try machine.handle([.began, .gatesOpened(running: old), .nothingOffered(running: old)])
        #expect(try machine.handle(Samples.hostEvents) == [.hold([.leftBehind(hosts: [a], target: new)])])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeStage, a)])
        #expect(try machine.handle(Samples.hostEvents) == [.finish(.upgraded)])
    }

    @Test func aHostThatRunsTheTargetIsLeftAlone() throws {
        var machine = RolloutMachine(plan: Samples.plan(target: .pinned(version: new)))
        try machine.handle([.began])
        #expect(try machine.handle(.gatesOpened(running: new)) == [.askGates(.beforeStage, b)])
        #expect(machine.results == [a: .alreadyThere])
    }

    @Test func anotherOfferThanTheTargetHolds() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began] + Samples.hostEvents + [.gatesOpened(running: old)])
        let other = Version("3.0.0")
        let reasons: [HoldReason] = [.offerDiffers(host: b, offered: other, target: new)]
        #expect(try machine.handle(.offerDiffered(offered: other)) == [.hold(reasons)])
        #expect(machine.results == [a: .upgraded])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeStage, b)])
    }

    @Test func aStagedVersionOtherThanTheTargetIsNotRebootedInto() throws {
        var machine = RolloutMachine(plan: Samples.plan(target: .pinned(version: Version("9.0.0"))))
        try machine.handle([.began, .gatesOpened(running: old)])
        #expect(
            try machine.handle(Samples.stagedEvent)
                == [.hold([.offerDiffers(host: a, offered: new, target: Version("9.0.0"))])])
    }

    @Test(arguments: [Samples.old, Version("1.5.0")])
    func aHostThatComesBackElsewhereIsNeverRetriedUnasked(running: Version) throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([
            .began, .gatesOpened(running: old), Samples.stagedEvent, .gatesOpened(running: old),
        ])
        let reason: HoldReason =
            running == old
            ? .reverted(host: a, running: running, target: new)
            : .wrongVersion(host: a, running: running, target: new)
        #expect(
            try machine.handle(.returned(boot: BootID("boot-2"), version: running, partition: "USR-A"))
                == [.hold([reason])])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.hold([reason])])
        #expect(try machine.handle(.resumed(retryReverted: true)) == [.askGates(.beforeStage, a)])
        #expect(
            try machine.handle(.gatesOpened(running: old)).last
                == .stage(a, target: new, acceptsRevert: running == old))
    }

    @Test func theRightVersionOnTheWrongPartitionIsNotProof() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([
            .began, .gatesOpened(running: old), Samples.stagedEvent, .gatesOpened(running: old),
        ])
        #expect(
            try machine.handle(.returned(boot: BootID("boot-2"), version: new, partition: "USR-A"))
                == [.hold([.wrongVersion(host: a, running: new, target: new)])])
    }

    @Test func aRebootThatNeverBeganIsAskedForAgainBehindTheGates() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([
            .began, .gatesOpened(running: old), Samples.stagedEvent, .gatesOpened(running: old),
        ])
        #expect(try machine.handle(.rebootNotBegun) == [.askGates(.beforeReboot, a)])
        #expect(
            try machine.handle(.gatesOpened(running: old)) == [
                .record(.reboot(host: a, boot: BootID("boot-1"), version: new)),
                .reboot(a, Samples.staged(2)), .awaitReturn(a, Samples.staged(2)),
            ])
        try machine.handle([.rebootNotBegun])
        #expect(
            try machine.handle(.gatesOpened(running: old)) == [.hold([.rebootIgnored(host: a, attempts: 2)])])
    }

    @Test func afterACrashARebootIsLookedForBeforeItIsAskedForAgain() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([
            .began, .gatesOpened(running: old), Samples.stagedEvent, .gatesOpened(running: old),
        ])
        #expect(machine.outstanding == [.awaitReturn(a, Samples.staged(1))])
    }

    @Test func afterAnyOtherCrashTheSameStepIsTakenUp() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        var directives = try machine.handle(.began)
        for event in Samples.hostEvents {
            if case .returned = event {
                #expect(machine.outstanding == [.awaitReturn(a, Samples.staged(1))])
            } else {
                #expect(machine.outstanding == directives)
            }
            directives = try machine.handle(event)
        }
    }

    @Test func shutGatesHoldWhereTheyWereAsked() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        let reasons: [HoldReason] = [.etcdMemberUnhealthy(member: "b", why: "no answer")]
        var directives = try machine.handle(.began)
        for event in Samples.hostEvents {
            if case .gatesOpened = event {
                #expect(try machine.handle(.gatesHeld(reasons: reasons)) == [.hold(reasons)])
                #expect(try machine.handle(.resumed(retryReverted: false)) == directives)
            }
            directives = try machine.handle(event)
        }
    }

    @Test func aFailedStepHoldsAndGoesOnBehindTheGates() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began, .gatesOpened(running: old)])
        let failure = HoldReason.stepFailed(host: a, step: .stage, why: "postinst")
        #expect(try machine.handle(.stepFailed(why: "postinst")) == [.hold([failure])])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeStage, a)])
    }

    @Test func aHoldTakesEffectBetweenHosts() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began] + Samples.hostEvents)
        #expect(try machine.handle(.holdRequested) == [.hold([.operatorHold])])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeStage, b)])
    }

    @Test func stopAfterCountsAnewWhenResumed() throws {
        var machine = RolloutMachine(plan: Samples.plan(stopAfter: 1))
        #expect(try machine.handle([.began] + Samples.hostEvents) == [.hold([.stoppedAfter(hosts: 1)])])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeStage, b)])
        #expect(try machine.handle(Samples.hostEvents) == [.hold([.stoppedAfter(hosts: 1)])])
    }

    /// In every state of a host's path, every event that does not belong there is refused and changes nothing.
    @Test func whatCannotHappenIsRefused() throws {
        let all: [RolloutMachine.Event] = [
            .began, .gatesOpened(running: old), .gatesHeld(reasons: []), Samples.stagedEvent,
            .nothingOffered(running: old), .offerDiffered(offered: new), .stepFailed(why: ""),
            Samples.returnedEvent, .notReturned(seconds: 1, why: ""), .rebootNotBegun,
            .committed(version: new), .holdRequested, .resumed(retryReverted: false),
        ]
        let legal: [Int] = [1, 3, 4, 2, 4, 2, 2, 2]
        var machine = RolloutMachine(plan: Samples.plan())
        for (event, count) in zip([.began] + Samples.hostEvents, legal) {
            var accepted = 0
            for candidate in all {
                var copy = machine
                do {
                    _ = try copy.handle(candidate)
                    accepted += 1
                } catch {
                    #expect(copy == machine)
                }
            }
            #expect(accepted == count, "in \(machine.state)")
            try machine.handle([event])
        }
    }
}
