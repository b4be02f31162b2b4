import AgentProtocol
import Testing

@testable import HostAgent

/// The file that asks kured to reboot the host (facts 0.56). An update's postinst writes it, and others may.
@Suite struct RebootRequestTests {
    static let path = HostReader.rebootRequestPath
    static let file = FileCopy(bytes: [], mode: 0o644)

    func isThere(_ host: SimulatedHost) -> Bool { host.with { $0.files[Self.path] != nil } }

    @Test func stagingLeavesNone() async throws {
        let host = SimulatedHost { $0.postinstAsksForReboot = true }
        let message = try await host.stage()
        guard case .staged? = message else { Issue.record("\(String(describing: message))"); return }
        #expect(!isThere(host))
        #expect(await host.report()?.hazards == [])
        // Made since then, it is somebody else's.
        host.with { $0.files[Self.path] = Self.file }
        #expect(await host.report()?.hazards.map(\.unit) == [Self.path])
        try await host.abandon()
        #expect(isThere(host))
    }

    @Test func oneThatIsNotOursIsAHazardAndStays() async throws {
        let host = SimulatedHost {
            $0.postinstAsksForReboot = true
            $0.files[Self.path] = Self.file
        }
        let hazards = try #require(await host.report()).hazards
        #expect(hazards.map(\.kind) == [.rebootsByItself] && hazards[0].message.contains("kured"))
        #expect(try await host.stage().refusal == .hostUnsafe)
        #expect(isThere(host) && host.with { $0.log.isEmpty })
    }

    /// Cut at any effect, gone on with and given back, the host asks for no reboot; nor does its agent call its own
    /// file a hazard.
    @Test func whereverItWasCutNothingIsLeft() async throws {
        let calm = SimulatedHost { $0.postinstAsksForReboot = true }
        try await calm.stage()
        for effect in stride(from: 1, through: calm.with { $0.effectsInAll }, by: 3) {
            let host = SimulatedHost {
                $0.postinstAsksForReboot = true
                $0.cutAt = effect
            }
            _ = try? await host.stage()
            host.with { $0.cutAt = nil }
            await host.runUnit()
            #expect(await host.report()?.hazards == [], "cut at \(effect)")
            _ = try? await host.stage()
            #expect(!isThere(host), "staged, cut at \(effect)")
            _ = try? await host.abandon()
            #expect(!isThere(host), "given back, cut at \(effect)")
        }
    }

    /// The update came, and could not be declared staged.
    @Test func givingBackTakesItAway() async throws {
        let host = SimulatedHost {
            $0.postinstAsksForReboot = true
            $0.trouble = .disarmedByPostinst
        }
        _ = try await host.stage()
        #expect(!isThere(host))
        #expect(host.with { $0.rebootsAsked } == 0)
    }
}
