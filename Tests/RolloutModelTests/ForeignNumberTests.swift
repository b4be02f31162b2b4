import Foundation
import RolloutModel
import SampleValues
import Testing

/// Numbers as a journal or a plan may have them that somebody else wrote.
@Suite struct ForeignNumberTests {
    @Test(arguments: [
        (1, 2, 3), (Int.max, 1, .max), (.min, -1, .min), (.max, .min, -1), (.max, .max, .max),
        (.min, .min, .min),
    ])
    func aSumIsTheNearestThereIs(one: Int, other: Int, sum: Int) {
        #expect(one.adding(clamping: other) == sum)
    }

    @Test func countsThatAddUpToNoIntAreShown() {
        let units = FleetUnits(active: ["a": .max], launched: ["a"], idle: ["a": 1])
        #expect(units.partial == ["a (on \(Int.max) of \(Int.max))"])
        #expect(RebootSemaphore(max: .min, holders: ["a"]).available == .min)
    }

    @Test(arguments: [
        (0, 1, true), (1439, 1440, true), (1440, 1, false), (-1, 1, false), (0, 0, false),
        (.max, .max, false),
    ])
    func aWindowOfOtherMinutesIsRefused(opens: Int, minutes: Int, isOne: Bool) {
        let json = #"{"days":[5],"opensAtMinute":\#(opens),"minutes":\#(minutes)}"#
        let window = try? JSONDecoder().decode(MaintenanceWindow.self, from: Data(json.utf8))
        #expect((window != nil) == isOne)
        #expect(window?.description.isEmpty != true)
    }

    /// A rollout that was taken up from what hosts tell says how often a host was told to reboot.
    @Test func aHostThatWasToldOftenIsToldOnceMore() throws {
        let host = HostID("a")
        var plan = Plan.sample(
            rollout: RolloutID("r-1"),
            hosts: [PlannedHost(id: host, machine: MachineID("m"), version: Version("1.0.0"))],
            target: .pinned(version: Version("2.0.0")))
        let staged = RolloutMachine.Staged(
            version: Version("2.0.0"), boot: BootID("b"), partition: "USR-B", told: .max)
        plan.found = .init(upgraded: [], atWork: .staged(host, staged))
        var machine = RolloutMachine(plan: plan)
        _ = try machine.handle(.resumed(retryReverted: false))
        _ = try machine.handle(.gatesOpened(running: Version("1.0.0")))
        guard case .rebooting(let rebooting)? = machine.state.upgrade?.stage else {
            Issue.record("\(machine.state)")
            return
        }
        #expect(rebooting.told == .max)
    }
}
