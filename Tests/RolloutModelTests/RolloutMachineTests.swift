import RolloutModel
import SampleValues
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
        #expect(
            try machine.handle(Samples.hostEvents) == [.hold([.offer(.leftBehind(hosts: [a], target: new))])])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeStage, a)])
        #expect(try machine.handle(Samples.hostEvents) == [.finish(.upgraded)])
    }

    /// The first host already runs the version that the others are offered, as after a rollout that another operator
    /// began.
    @Test func aHostThatRanWhatTheOthersAreOfferedIsNotLeftBehind() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began, .gatesOpened(running: new), .nothingOffered(running: new)])
        #expect(machine.results == [a: .unchanged])
        #expect(try machine.handle(Samples.hostEvents + Samples.hostEvents) == [.finish(.upgraded)])
        #expect(machine.results == [a: .alreadyThere, b: .upgraded, c: .upgraded])
    }

    @Test func onlyThoseThatRanSomethingElseAreAskedAgain() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began, .gatesOpened(running: new), .nothingOffered(running: new)])
        try machine.handle([.gatesOpened(running: old), .nothingOffered(running: old)])
        #expect(
            try machine.handle(Samples.hostEvents) == [.hold([.offer(.leftBehind(hosts: [b], target: new))])])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeStage, b)])
        #expect(try machine.handle(Samples.hostEvents) == [.finish(.upgraded)])
        #expect(machine.results == [a: .alreadyThere, b: .upgraded, c: .upgraded])
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
        let reasons: [HoldReason] = [.offer(.offerDiffers(host: b, offered: other, target: new))]
        #expect(try machine.handle(.offerDiffered(offered: other)) == [.hold(reasons)])
        #expect(machine.results == [a: .upgraded])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeStage, b)])
    }

    @Test func aStagedVersionOtherThanTheTargetIsNotRebootedInto() throws {
        var machine = RolloutMachine(plan: Samples.plan(target: .pinned(version: Version("9.0.0"))))
        try machine.handle([.began, .gatesOpened(running: old)])
        #expect(
            try machine.handle(Samples.stagedEvent)
                == [.hold([.offer(.offerDiffers(host: a, offered: new, target: Version("9.0.0")))])])
    }

    @Test(arguments: [Samples.old, Version("1.5.0")])
    func aHostThatComesBackElsewhereIsNeverRetriedUnasked(running: Version) throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([
            .began, .gatesOpened(running: old), Samples.stagedEvent, .gatesOpened(running: old),
        ])
        let reason: HoldReason =
            running == old
            ? .step(.reverted(host: a, running: running, target: new))
            : .step(.wrongVersion(host: a, running: running, target: new))
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
                == [.hold([.step(.wrongVersion(host: a, running: new, target: new))])])
    }

    @Test func aRebootThatNeverBeganIsAskedForAgainBehindTheGates() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([
            .began, .gatesOpened(running: old), Samples.stagedEvent, .gatesOpened(running: old),
        ])
        #expect(try machine.handle(.rebootNotBegun()) == [.askGates(.beforeReboot, a)])
        #expect(
            try machine.handle(.gatesOpened(running: old)) == [
                .record(.reboot(host: a, boot: BootID("boot-1"), version: new)),
                .reboot(a, Samples.staged(2)), .awaitReturn(a, Samples.staged(2)),
            ])
        try machine.handle([.rebootNotBegun()])
        #expect(
            try machine.handle(.gatesOpened(running: old)) == [
                .hold([.step(.rebootIgnored(host: a, attempts: 2))])
            ])
    }

    /// Fates of requests to reboot: known to have been made, or cut off by a coordinator's death. Two that were made
    /// without effect need a person.
    @Test(arguments: [
        ([false, false, false, false], false), ([true, false, false], false), ([true, true], true),
        ([false, true, false, true], true),
    ]) func aRequestThatWasOnlyAnnouncedIsNoneWithoutEffect(areMade: [Bool], holds: Bool) throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began, .gatesOpened(running: old), Samples.stagedEvent])
        for isMade in areMade {
            #expect(machine.state.held == nil)
            try machine.handle([
                .gatesOpened(running: old), .rebootNotBegun(mayBeUnsent: isMade ? nil : true),
            ])
        }
        try machine.handle([.gatesOpened(running: old)])
        let ignored = HoldReason.step(.rebootIgnored(host: a, attempts: 2))
        #expect(machine.state.held == (holds ? [ignored] : nil))
    }

    @Test func afterACrashARebootIsLookedForBeforeItIsAskedForAgain() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([
            .began, .gatesOpened(running: old), Samples.stagedEvent, .gatesOpened(running: old),
        ])
        #expect(machine.outstanding == [.awaitReturn(a, Samples.staged(1))])
    }

    /// The gates' answers from before a crash are outdated: they are asked again before any act.
    @Test func afterAnyOtherCrashTheGatesAreAskedAnew() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        var directives = try machine.handle(.began)
        for event in Samples.hostEvents {
            switch machine.state.upgrade?.stage {
            case .staging: try expectSameAct(&machine, behind: .askGates(.beforeStage, a))
            case .committing: try expectSameAct(&machine, behind: .askGates(.beforeCommit, a))
            case .rebooting: #expect(machine.outstanding == [.awaitReturn(a, Samples.staged(1))])
            default: #expect(machine.outstanding == directives)
            }
            directives = try machine.handle(event)
        }
    }

    private func expectSameAct(
        _ machine: inout RolloutMachine, behind gates: RolloutMachine.Directive
    ) throws {
        let intent = machine.intent
        #expect(machine.outstanding == [gates])
        #expect(try machine.handle(.gatesOpened(running: old)).first == intent.map { .record($0) })
    }

    @Test func gatesThatAreShutAfterACrashHoldBeforeTheActIsAskedAgain() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        let reasons: [HoldReason] = [.etcd(.etcdMemberUnhealthy(member: "b", seenBy: b, why: "no answer"))]
        try machine.handle([.began, .gatesOpened(running: old)])
        var copy = machine
        #expect(try copy.handle(.gatesHeld(reasons: reasons)) == [.hold(reasons)])
        #expect(try copy.handle(.resumed(retryReverted: false)) == [.askGates(.beforeStage, a)])
        try machine.handle(Array(Samples.hostEvents[1..<5]))
        #expect(try machine.handle(.gatesHeld(reasons: reasons)) == [.hold(reasons)])
        #expect(machine.state.hostOut == a)
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeCommit, a)])
    }

    /// A host on its single try in another version is out, whatever the gates say, and is never committed.
    @Test func anotherVersionOnTheNewPartitionIsNeverCommitted() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        let other = Version("1.5.0")
        let reason = HoldReason.step(.wrongVersion(host: a, running: other, target: new))
        try machine.handle([.began] + Samples.hostEvents.prefix(3))
        #expect(
            try machine.handle(.returned(boot: BootID("boot-2"), version: other, partition: "USR-B"))
                == [.hold([reason])])
        #expect(machine.state.hostOut == a)
        #expect(try machine.handle(.resumed(retryReverted: true)) == [.askGates(.beforeCommit, a)])
        #expect(try machine.handle(.gatesOpened(running: other)) == [.hold([reason])])
        #expect(
            try machine.handle(Samples.rollbackRequested(a)) == [.askGates(.beforeRollback, a)])
    }

    @Test func shutGatesHoldWhereTheyWereAsked() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        let reasons: [HoldReason] = [.etcd(.etcdMemberUnhealthy(member: "b", seenBy: b, why: "no answer"))]
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
        let failure = HoldReason.step(.stepFailed(host: a, step: .stage, why: "postinst"))
        #expect(try machine.handle(.stepFailed(why: "postinst")) == [.hold([failure])])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeStage, a)])
    }

    @Test func aHoldTakesEffectBetweenHosts() throws {
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle([.began] + Samples.hostEvents)
        #expect(try machine.handle(.holdRequested()) == [.hold([.person(.operatorHold())])])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeStage, b)])
    }

    /// A canary stop; after a resume the rollout goes on to its end.
    @Test func stopAfterStopsOnce() throws {
        var machine = RolloutMachine(plan: Samples.plan(stopAfter: 1))
        #expect(
            try machine.handle([.began] + Samples.hostEvents) == [.hold([.person(.stoppedAfter(hosts: 1))])])
        #expect(try machine.handle(.resumed(retryReverted: false)) == [.askGates(.beforeStage, b)])
        #expect(try machine.handle(Samples.hostEvents) == [.askGates(.beforeStage, c)])
    }

    static let allEvents: [RolloutMachine.Event] = [
        .began, .gatesOpened(running: Samples.old), .gatesHeld(reasons: []), Samples.stagedEvent,
        .nothingOffered(running: Samples.old), .offerDiffered(offered: Samples.new), .stepFailed(why: ""),
        .refusedAsReverted(why: ""), Samples.returnedEvent, .notReturned(waited: .seconds(1), why: ""),
        .rebootNotBegun(), .committed(version: Samples.new), .holdRequested(), .resumed(retryReverted: false),
        Samples.rollbackRequested(Samples.a), .abandonRequested,
        .abandoned(host: Samples.a, undone: [], left: []), NodesMachineTests.evacuated,
        NodesMachineTests.readmitted,
    ]

    /// The indices of `allEvents` that are legal in a state; every other event is refused and changes nothing.
    static let legal: [(String, [RolloutMachine.Event], [Int])] = {
        let path = [RolloutMachine.Event.began] + Samples.hostEvents
        let back = Array(path.prefix(5)) + [Samples.rollbackRequested(Samples.a)]
        return [
            ("planned", [], [0, 15]), ("gating", Array(path.prefix(1)), [1, 2, 12, 14, 15]),
            ("staging", Array(path.prefix(2)), [1, 2, 3, 4, 5, 6, 7, 12, 14, 15]),
            ("rechecking", Array(path.prefix(3)), [1, 2, 14, 15]),
            ("rebooting", Array(path.prefix(4)), [6, 7, 8, 9, 10, 14]),
            ("proving", Array(path.prefix(5)), [1, 2, 14]),
            ("committing", Array(path.prefix(6)), [1, 2, 6, 7, 11, 14]),
            ("settling", Array(path.prefix(7)), [1, 2, 14, 15]),
            ("held between hosts", [.began, .holdRequested()], [13, 14, 15]),
            ("held with a host out", Array(path.prefix(5)) + [.gatesHeld(reasons: [])], [13, 14]),
            ("retreating, a host out", back, [1, 2]),
            ("retreating, none out", [.began, Samples.rollbackRequested(Samples.a)], [1, 2, 15]),
            ("rolling back", back + [.gatesOpened(running: Samples.new)], [6, 7, 8, 9, 10]),
            (
                "recovering",
                back + [.gatesOpened(running: Samples.new), Samples.wentBackEvent], [1, 2]
            ),
            ("abandoning", [.began, .abandonRequested], [6, 7, 14, 16]),
            ("finished", [.began, .gatesOpened(running: Samples.old)] + Samples.unofferedRest, []),
        ]
    }()

    @Test(arguments: legal.indices) func whatCannotHappenIsRefused(index: Int) throws {
        let (name, events, expected) = Self.legal[index]
        var machine = RolloutMachine(plan: Samples.plan())
        try machine.handle(events)
        var accepted: [Int] = []
        for (index, candidate) in Self.allEvents.enumerated() {
            var copy = machine
            do {
                _ = try copy.handle(candidate)
                accepted.append(index)
            } catch {
                #expect(copy == machine)
            }
        }
        #expect(accepted == expected, "\(name): \(machine.state)")
    }
}
