import AgentProtocol
import SampleValues
import Testing

@testable import Coordinator

@Suite struct HostEngagementTests {
    static let records: [(String, HostEngagement)] = [
        (#"{"formatVersion":1,"phase":"idle"}"#, .atRest(holdsOriginal: false)),
        (#"{"formatVersion":1,"phase":"committed","later":7}"#, .atRest(holdsOriginal: false)),
        (
            #"{"formatVersion":1,"phase":"committed","original":{"configurationPath":"/etc/coreos/update.conf"}}"#,
            .atRest(holdsOriginal: true)
        ),
        (
            #"{"formatVersion":1,"phase":"idle","goal":{"request":{"abandon":{}},"outcome":{"abandoned":{}}}}"#,
            .atRest(holdsOriginal: false)
        ),
        (
            #"{"formatVersion":1,"phase":"idle","goal":{"request":{"stage":{}},"number":1}}"#,
            .engaged(with: "a rollout asked it to stage, and that has not ended", rollout: nil)
        ),
        (
            #"{"formatVersion":1,"phase":"staging","authority":{"rollout":"r-1","token":3}}"#,
            .engaged(with: "rollout r-1 is at 'staging' there", rollout: "r-1")
        ),
        (
            #"{"formatVersion":1,"phase":"committed","claim":{"rollout":"r-1","token":3,"holder":"core@bastion","since":"2026-11-25T08:00:00Z"}}"#,
            .held(by: claim)
        ),
        // At work is more than held.
        (
            #"{"formatVersion":1,"phase":"staged","authority":{"rollout":"r-1","token":3},"claim":{"rollout":"r-1","token":3,"holder":"core@bastion","since":"2026-11-25T08:00:00Z"}}"#,
            .engaged(with: "rollout r-1 is at 'staged' there", rollout: "r-1")
        ),
    ]

    static let claim = Claim(
        rollout: "r-1", token: 3, holder: "core@bastion", since: "2026-11-25T08:00:00Z")

    @Test(arguments: records) func aRecordSaysWhetherItsHostIsAtWork(text: String, engagement: HostEngagement)
    {
        #expect(HostEngagement(record: Array(text.utf8)) == engagement)
    }

    @Test func noRecordIsNoRollout() {
        #expect(HostEngagement(record: nil) == .atRest(holdsOriginal: false))
    }

    @Test(arguments: [
        "", "{", "[]", "idle", #"{"phase":"idle"}"#, #"{"formatVersion":2,"phase":"idle"}"#,
        #"{"formatVersion":1,"phase":"resting"}"#, #"{"formatVersion":1}"#, #"{"formatVersion":1,"phase":3}"#,
        #"{"formatVersion":1,"phase":"idle","goal":"stage"}"#,
        #"{"formatVersion":1,"phase":"idle","goal":{}}"#,
        #"{"formatVersion":"1","phase":"idle"}"#,
        String(repeating: " ", count: HostEngagement.recordBytesMax + 1),
    ]) func anythingElseIsUnreadable(text: String) {
        guard case .unreadable = HostEngagement(record: Array(text.utf8)) else {
            Issue.record("\(HostEngagement(record: Array(text.utf8))) of \(text.prefix(80))")
            return
        }
    }

    /// A record and a report of the same state say the same.
    @Test(arguments: HostPhase.allCases) func everyPhaseButRestIsEngaged(phase: HostPhase) {
        let state = AgentState.sample(agentVersion: "1", phase: phase, authority: nil, version: nil)
        let report = HostReport.sample(machineID: "m", bootID: "b", hostname: "h", agent: state)
        let record = #"{"formatVersion":1,"phase":"\#(phase.rawValue)"}"#
        #expect(HostEngagement(report) == HostEngagement(record: Array(record.utf8)))
        let isAtRest = HostEngagement(report) == .atRest(holdsOriginal: false)
        #expect(isAtRest == [.idle, .prefetched, .committed].contains(phase))
    }
}
