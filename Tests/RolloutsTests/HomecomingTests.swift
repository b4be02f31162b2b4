import AgentProtocol
import RolloutModel
import SampleValues
import Testing

@testable import Rollouts

@Suite struct HomecomingTests {
    static func report(_ change: (inout HostReport) -> Void = { _ in }) -> HostReport {
        func partition(_ number: Int) -> PartitionTable.Partition {
            .init(
                number: number, label: number == 3 ? "USR-A" : "USR-B", device: "/dev/sda\(number)",
                priority: number == 4 ? 2 : 1, tries: 0, successful: number == 3)
        }
        var report = HostReport.sample(
            machineID: "m-a", bootID: "b-2", hostname: "a", version: "2.0.0",
            partitions: PartitionTable(disk: "/dev/sda", booted: partition(4), other: partition(3)),
            agent: AgentState.sample(agentVersion: "0.1.0", phase: .rebooting, authority: nil, version: nil))
        change(&report)
        return report
    }

    static func homecoming(_ change: (inout HostReport) -> Void) -> Homecoming {
        Homecoming(report(change), of: MachineID("m-a"), from: BootID("b-1"))
    }

    @Test func anotherBootIsTheOneWaitedFor() {
        guard case .back(let event) = Self.homecoming({ _ in }) else {
            Issue.record("not seen")
            return
        }
        #expect(
            event
                == .returned(boot: BootID("b-2"), version: Version("2.0.0"), partition: "USR-B"))
    }

    @Test func theBootThatWasToEndIsNot() {
        guard case .sameBoot = Self.homecoming({ $0.bootID = "b-1" }) else {
            Issue.record("taken for another boot")
            return
        }
    }

    /// Reports that were once taken for a host that went back for good.
    @Test(arguments: [0, 1, 2])
    func whatIsNotClearIsWaitedFor(_ index: Int) {
        let changes: [(inout HostReport) -> Void] = [
            { $0.machineID = "m-z" }, { $0.version = nil }, { $0.partitions = nil },
        ]
        let words = ["machine-id m-z", "its agent does not say why", "its agent does not say why"]
        guard case .unclear(let why) = Self.homecoming(changes[index]) else {
            Issue.record("taken for an answer")
            return
        }
        #expect(why.contains(words[index]))
    }
}
