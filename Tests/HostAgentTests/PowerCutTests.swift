import AgentProtocol
import Testing

@testable import HostAgent

/// The power fails at every single effect of a whole path; the host boots, and gets no request.
@Suite struct PowerCutTests {
    @Test(arguments: CommitMethod.allCases)
    func everyRunEndsDoneOrCleanlyHeld(method: CommitMethod) async throws {
        let calm = try await Self.path(SimulatedHost { $0.bootFlagsAfter = .seconds(1) }, method)
        #expect(calm.with { $0.runningVersion } == "1353.8.0" && calm.table.isCommitted)
        let effects = calm.with { $0.effectsInAll }
        for effect in 1...effects {
            let host = SimulatedHost {
                $0.bootFlagsAfter = .seconds(1)
                $0.cutAt = effect
            }
            try await Self.path(host, method)
            // The rest of the path is not requested: the host boots without further requests.
            host.with { state in
                state.cutAt = nil
                state.killedAt = nil
            }
            host.reboot()
            host.pass(.seconds(120))
            await host.runUnit()
            host.pass(.seconds(120))
            let state = host.with { $0 }
            let record = try host.record()
            #expect(record.goal?.isOpen != true, "cut at effect \(effect)")
            #expect(host.unit.isMasked && !host.isEngineRunning, "cut at effect \(effect)")
            #expect(state.files[EngineGuard.path] == nil, "cut at effect \(effect)")
            let text = host.configuration?.text
            #expect(
                text == "GROUP=beta\nREBOOT_STRATEGY=off\n" || text == "GROUP=stable\nREBOOT_STRATEGY=off\n",
                "cut at effect \(effect)")
            #expect(state.partitions[state.running]?.content != nil, "cut at effect \(effect)")
            // A partition is committed only by a commit.
            if host.table.isCommitted, state.runningVersion == "1353.8.0" {
                #expect(record.phase == .committed, "cut at effect \(effect)")
            }
        }
        print("power cut at each of \(effects) effects (\(method.rawValue))")
    }

    @discardableResult
    private static func path(_ host: SimulatedHost, _ method: CommitMethod) async throws -> SimulatedHost {
        try await host.stage()
        try await host.askReboot()
        guard host.with({ $0.rebootsAsked }) > 0, !host.with({ $0.isKilled }) else { return host }
        host.reboot()
        await host.runUnit()
        try await host.commit(method: method)
        return host
    }
}
