import RolloutModel
import Testing

@testable import Coordinator

/// The facts of a host without an agent.
@Suite struct AuditFactsTests {
    static func audit(_ change: (inout HostAudit) -> Void = { _ in }) -> HostAudit {
        var audit = HostAudit(host: "core-1")
        audit.machineID = "m"
        audit.bootID = "b"
        audit.version = "1353.8.0"
        audit.distribution = "coreos"
        audit.partitions = .init(
            booted: "USR-A", isCommitted: true, otherIsNext: false, otherIsArmed: false, attributes: "x")
        change(&audit)
        return audit
    }

    @Test func aHostAtRestIsOneWithoutAWordAgainstIt() throws {
        let facts = try #require(HostFacts(Self.audit()))
        #expect(facts.committed == true && !facts.updatePending && facts.otherIsNext == nil)
        #expect(facts.hazards.isEmpty && facts.distribution == .coreOS)
    }

    @Test func whatIsNotKnownIsNotGuessed() {
        #expect(HostFacts(Self.audit { $0.machineID = nil }) == nil)
        #expect(HostFacts(Self.audit { $0.bootID = "" }) == nil)
        #expect(HostFacts(Self.audit { $0.version = nil }) == nil)
        // Without root only which partition runs is known.
        #expect(HostFacts(Self.audit { $0.partitions = .init(booted: "USR-A") })?.committed == nil)
    }

    @Test func aWaitingUpdateAndALocksmithdAreSeen() throws {
        let armed = try #require(
            HostFacts(
                Self.audit {
                    $0.partitions?.otherIsNext = true; $0.partitions?.otherIsArmed = true
                }))
        #expect(armed.updatePending && armed.otherIsNext == nil)
        let other = try #require(
            HostFacts(
                Self.audit {
                    $0.partitions?.isCommitted = false; $0.partitions?.otherIsNext = true
                }))
        #expect(other.otherIsNext != nil && other.committed == true)
        let locksmith = try #require(
            HostFacts(
                Self.audit {
                    $0.locksmith = .init(isMasked: false, activeState: "active", strategy: "reboot")
                }))
        #expect(locksmith.hazards.first?.message.contains("with strategy reboot") == true)
        let ended = HostFacts(Self.audit { $0.locksmith = .init(isMasked: false, activeState: "inactive") })
        #expect(ended?.hazards.isEmpty == true)
    }
}
