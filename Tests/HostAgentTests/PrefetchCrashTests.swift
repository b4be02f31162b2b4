import AgentProtocol
import Testing

@testable import HostAgent

/// The agent is killed, or the power fails, at every single effect of a download ahead, and of arming it.
@Suite struct PrefetchCrashTests {
    static func host() -> SimulatedHost { SimulatedHost { $0.downloadSeconds = 2 } }

    static func prefetched() async throws -> SimulatedHost {
        let host = host()
        try await host.prefetch()
        return host
    }

    @Test func killedAnywhereInPrefetchAndAskedAgain() async throws {
        let calm = try await Self.prefetched()
        let effects = calm.with { $0.effectsDone }
        for effect in 1...effects {
            let host = Self.host()
            host.with { $0.killedAt = effect }
            try await host.prefetch()
            host.with { $0.killedAt = nil }
            // The engine goes on without the agent.
            host.pass(.seconds(2))
            guard case .prefetched = try await host.prefetch() else {
                Issue.record("killed at effect \(effect): \(String(describing: host.answer))")
                continue
            }
            #expect(Footprint(host) == Footprint(calm), "killed at effect \(effect)")
            #expect(try host.record().phase == .prefetched, "killed at effect \(effect)")
            #expect(try host.record().original == calm.record().original, "killed at effect \(effect)")
            host.reboot()
            #expect(host.with { $0.runningVersion } == "1298.5.0", "killed at effect \(effect)")
        }
    }

    @Test func powerFailsAnywhereInPrefetch() async throws {
        let calm = try await Self.prefetched()
        var arrivals = 0
        for effect in 1...calm.with({ $0.effectsInAll }) {
            let host = Self.host()
            host.with { $0.cutAt = effect }
            try await host.prefetch()
            host.with { state in
                state.cutAt = nil
                state.killedAt = nil
            }
            host.reboot()
            host.pass(.seconds(120))
            await host.runUnit()
            host.pass(.seconds(120))
            let record = try host.record()
            #expect(record.goal?.isOpen != true, "cut at effect \(effect)")
            #expect(host.unit.isMasked && !host.isEngineRunning, "cut at effect \(effect)")
            guard host.with({ $0.runningVersion }) == "1298.5.0" else {
                // The power went between postinst and the end of it: on its single try, and judged as any such host.
                arrivals += 1
                #expect(record.phase == .rebooting && !host.table.runsGoodPartition, "cut at \(effect)")
                continue
            }
            #expect(host.table.isCommitted, "cut at effect \(effect)")
            #expect(host.table.leavesOtherOut, "cut at effect \(effect)")
            #expect(record.phase == .idle || record.phase == .prefetched, "cut at effect \(effect)")
            if record.phase == .idle {
                #expect(host.configuration?.text == PrefetchTests.found, "cut at effect \(effect)")
            }
        }
        // The moment is short: from postinst's arming to the agent's look.
        #expect(arrivals < 20)
    }

    @Test func killedAnywhereInArmAndAskedAgain() async throws {
        let calm = try await Self.prefetched()
        try await calm.arm()
        for effect in 1...calm.with({ $0.effectsDone }) {
            let host = try await Self.prefetched()
            host.with { $0.killedAt = effect }
            try await host.arm()
            host.with { $0.killedAt = nil }
            guard case .staged = try await host.arm() else {
                Issue.record("killed at effect \(effect): \(String(describing: host.answer))")
                continue
            }
            #expect(Footprint(host) == Footprint(calm), "killed at effect \(effect)")
            #expect(try host.record().phase == .staged, "killed at effect \(effect)")
        }
    }

    @Test func oneFaultAnywhereInArmLeavesItOutOrArmsItNextTime() async throws {
        let calm = try await Self.prefetched()
        try await calm.arm()
        for effect in 1...calm.with({ $0.effectsDone }) {
            let host = try await Self.prefetched()
            host.with { $0.faultAt = effect }
            let first = try await host.arm()
            host.with { $0.faultAt = nil }
            if case .failed = first, try host.record().phase == .prefetched {
                #expect(host.table.leavesOtherOut, "fault at effect \(effect)")
            }
            let next = try await host.arm(by: CrashTests.next)
            switch next {
            case .staged: #expect(Footprint(host) == Footprint(calm), "fault at effect \(effect)")
            // A partition that could not be looked into was given up.
            case .refused(let refusal):
                #expect(refusal.reason == .phaseUnsuitable && host.table.leavesOtherOut, "\(effect)")
            default: Issue.record("fault at effect \(effect): \(String(describing: next))")
            }
        }
    }

    @Test func powerFailsAnywhereInArm() async throws {
        let calm = try await Self.prefetched()
        let before = calm.with { $0.effectsInAll }
        try await calm.arm()
        for effect in (before + 1)...calm.with({ $0.effectsInAll }) {
            let host = try await Self.prefetched()
            host.with { $0.cutAt = effect }
            try await host.arm()
            host.with { $0.cutAt = nil }
            host.reboot()
            await host.runUnit()
            let record = try host.record()
            #expect(record.goal?.isOpen != true, "cut at effect \(effect)")
            #expect(host.unit.isMasked && !host.isEngineRunning, "cut at effect \(effect)")
            guard host.with({ $0.runningVersion }) == "1298.5.0" else {
                #expect(
                    [.rebooting, .staged].contains(record.phase) && !host.table.runsGoodPartition,
                    "cut at effect \(effect)")
                continue
            }
            #expect(record.phase == .prefetched && host.table.leavesOtherOut, "cut at effect \(effect)")
            guard case .staged = try await host.arm(by: CrashTests.next) else {
                Issue.record("cut at effect \(effect): \(String(describing: host.answer))")
                continue
            }
        }
    }
}
