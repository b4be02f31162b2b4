import RolloutModel
import SampleValues
import Testing

/// Events of journals whose machine had other rules about holds.
@Suite struct FormerMachineTests {
    private let a = Samples.a
    private let reverted = HoldReason.step(.revertedBefore(host: Samples.a, why: "it went back"))

    private func held() throws -> RolloutMachine {
        var machine = RolloutMachine(plan: Samples.plan())
        _ = try machine.handle(.began)
        _ = try machine.handle(.gatesHeld(reasons: [reverted]))
        return machine
    }

    /// The hold was left then by a word that does not end it now. The reverted host still needs its own.
    @Test func aHoldThatTheNextEventLeftIsLeft() throws {
        var machine = try held()
        _ = try machine.handle(former: .resumed(retryReverted: false))
        #expect(machine.state == .gating(a).holding([reverted]))
        let running = try #require(Samples.plan().hosts.first).version
        #expect(throws: RolloutMachine.IllegalEvent.self) {
            try machine.handle(.gatesOpened(running: running))
        }
        let directives = try machine.handle(former: .gatesOpened(running: running))
        #expect(
            directives.contains { directive in
                guard case .stage(_, _, acceptsRevert: false) = directive else { return false }
                return true
            })
    }

    @Test func aWordAboutAHoldThatIsOverSaysNothing() throws {
        var machine = try held()
        _ = try machine.handle(.resumed(retryReverted: true))
        let before = machine
        #expect(try machine.handle(former: .resumed(retryReverted: false)) == [])
        #expect(machine == before)
    }

    /// Events that no machine took are damage now as then.
    @Test func whatNeverFollowedDoesNotFollow() throws {
        var machine = try held()
        #expect(throws: RolloutMachine.IllegalEvent.self) { try machine.handle(former: .began) }
        #expect(machine.state == .gating(a).holding([reverted]))
    }
}
