import AgentProtocol
import Testing

@testable import HostAgent

/// The agent is killed, or an effect fails, at every single effect; then the verb is requested again.
@Suite struct CrashTests {
    enum Course: String, CaseIterable, Sendable {
        case staged, nothingOffered, updateFailed, offerDiffers, foundRunning

        func host() -> SimulatedHost {
            SimulatedHost {
                $0.downloadSeconds = 3
                if self == .updateFailed { $0.trouble = .postinstFails }
                guard self == .foundRunning else { return }
                $0.unit.isMasked = false
                $0.startEngine()
            }
        }

        func stage(
            _ host: SimulatedHost, by authority: Authority = SimulatedHost.first
        ) async throws -> AgentMessage? {
            try await host.stage(
                target: self == .offerDiffers ? "1409.7.0" : "1353.8.0",
                group: self == .nothingOffered ? "empty" : "stable", by: authority)
        }
    }

    /// The authority of a person's resume, which is a new attempt. The same authority would only ask for the first
    /// attempt's answer.
    static let next = Authority(rollout: "r-1", token: 8)

    @Test(arguments: Course.allCases)
    func killedAnywhereInStageAndAskedAgain(course: Course) async throws {
        let calm = try await Run.of(course, on: course.host())
        for effect in 1...calm.effects {
            let host = course.host()
            host.with { $0.killedAt = effect }
            _ = try await course.stage(host)
            host.with { $0.killedAt = nil }
            // The engine goes on without the agent.
            host.pass(.seconds(2))
            let again = try await Run.of(course, on: host)
            #expect(again.end == calm.end, "killed at effect \(effect)")
        }
    }

    @Test(arguments: Course.allCases)
    func oneFaultAnywhereInStageAndAskedAgain(course: Course) async throws {
        let calm = try await Run.of(course, on: course.host())
        for effect in 1...calm.effects {
            let host = course.host()
            host.with { $0.faultAt = effect }
            _ = try await course.stage(host)
            host.with { $0.faultAt = nil }
            let again = try await Run.of(course, on: host, by: Self.next)
            #expect(again.end == calm.end, "fault at effect \(effect)")
        }
    }

    @Test("no reboot ever lands on an overwritten partition", arguments: Course.allCases)
    func powerFailsAnywhereInStage(course: Course) async throws {
        let calm = try await Run.of(course, on: course.host())
        for effect in 1...calm.effects {
            let host = course.host()
            host.with { $0.killedAt = effect }
            _ = try await course.stage(host)
            host.with { $0.killedAt = nil }
            host.reboot()
            #expect(
                host.with { $0.partitions[$0.running]?.content } != nil, "power failed at effect \(effect)")
        }
    }

    @Test("power fails, and then there is no update any more: what was overwritten is not bootable")
    func powerFailsAnywhereInStageAndNothingIsOffered() async throws {
        func host() -> SimulatedHost {
            SimulatedHost {
                $0.partitions[3]?.priority = 2
                $0.partitions[4] = .init(priority: 1, tries: 0, successful: true, content: "1235.6.0")
                $0.engineStartsAtBoot = false
            }
        }
        let calm = host()
        try await calm.stage()
        for effect in 1...calm.with({ $0.effectsDone }) {
            let host = host()
            host.with { $0.killedAt = effect }
            try await host.stage()
            host.with { $0.killedAt = nil }
            host.reboot()
            try await host.stage(group: "empty")
            for partition in host.with({ $0.partitions.values.map { $0 } }) where partition.content == nil {
                #expect(!(partition.successful || partition.tries > 0), "power failed at effect \(effect)")
            }
        }
    }

    @Test func killedAnywhereInCommitAndAskedAgain() async throws {
        let calm = try await SimulatedHost.rebootedIntoUpdate { $0.bootFlagsAfter = .seconds(1) }
        try await calm.commit()
        for effect in 1...calm.with({ $0.effectsDone }) {
            let host = try await SimulatedHost.rebootedIntoUpdate { $0.bootFlagsAfter = .seconds(1) }
            host.with { $0.killedAt = effect }
            try await host.commit()
            host.with { $0.killedAt = nil }
            host.pass(.seconds(2))
            guard case .committed(let proof) = try await host.commit() else {
                Issue.record("killed at effect \(effect): \(String(describing: host.answer))")
                continue
            }
            #expect(proof.partitions.isCommitted)
            #expect(Footprint(host) == Footprint(calm), "killed at effect \(effect)")
            #expect(try host.record().phase == .committed, "killed at effect \(effect)")
            #expect(try host.record().original == calm.record().original, "killed at effect \(effect)")
        }
    }

    @Test func oneFaultAnywhereInCommitLeavesTheEngineAtRestOrTheNextTryDoes() async throws {
        let calm = try await SimulatedHost.rebootedIntoUpdate { $0.bootFlagsAfter = .seconds(1) }
        try await calm.commit()
        for effect in 1...calm.with({ $0.effectsDone }) {
            let host = try await SimulatedHost.rebootedIntoUpdate { $0.bootFlagsAfter = .seconds(1) }
            host.with { $0.faultAt = effect }
            try await host.commit()
            host.with { $0.faultAt = nil }
            try await host.commit(by: Self.next)
            #expect(Footprint(host) == Footprint(calm), "fault at effect \(effect)")
        }
    }

    @Test func killedAnywhereInRebootAndAskedAgain() async throws {
        let calm = SimulatedHost()
        try await calm.stage()
        try await calm.askReboot()
        for effect in 1...calm.with({ $0.effectsDone }) {
            let host = SimulatedHost()
            try await host.stage()
            let before = host.bootID
            host.with { $0.killedAt = effect }
            try await host.askReboot()
            host.with { $0.killedAt = nil }
            // Wherever the agent was killed, the host is told to reboot at most once more, and only in the boot that
            // was meant.
            if host.with({ $0.rebootsAsked }) > 0 { host.reboot() }
            let answer = try await host.askReboot(bootID: before)
            if host.bootID == before {
                #expect(answer == .rebooting(BootMark(bootID: before)))
            } else {
                #expect(answer == .rebooted(BootMark(bootID: host.bootID)))
            }
            #expect(host.with { $0.rebootsAsked } == 1, "killed at effect \(effect)")
        }
    }

    /// The result of a request for `stage`, with everything it left behind.
    private struct Run {
        struct End: Equatable {
            var answer: String
            var footprint: Footprint
            var phase: HostPhase
            var original: HostOriginal?
        }

        var end: End
        var effects: Int

        static func of(
            _ course: Course, on host: SimulatedHost, by authority: Authority = SimulatedHost.first
        ) async throws -> Run {
            let answer = try await course.stage(host, by: authority)
            let record = try host.record()
            return Run(
                end: End(
                    answer: name(answer), footprint: Footprint(host), phase: record.phase,
                    original: record.original),
                effects: host.with { $0.effectsDone })
        }

        /// The answer without the parts that may differ between a first and a second run: evidence and wording.
        private static func name(_ answer: AgentMessage?) -> String {
            switch answer {
            case .staged(let staged): "staged \(staged.version)"
            case .failed(let failure): "failed \(failure.reason)"
            case .refused(let refusal): "refused \(refusal.reason)"
            case .offerDiffers(let offer): "offer \(offer.offered) differs"
            case .nothingOffered: "nothing offered"
            default: String(describing: answer)
            }
        }
    }
}
