import Testing

@testable import PracticeHost

@Suite struct FleetScheduleTests {
    private static let machines = ["a", "b", "c"].map {
        FleetRecord(id: $0, publicIP: "", metadata: ["zone": $0], version: "0.11.8")
    }

    private func unit(
        _ name: String, _ section: String = "", desired: String = "launched", on target: String? = nil
    ) -> FleetSchedule.Unit {
        .init(
            name: name, file: FleetUnitFile(text: "[Unit]\nDescription=x\n[X-Fleet]\n\(section)\n"),
            desired: desired, target: target)
    }

    @Test func theMachineWithTheFewestUnitsTakesTheNext() {
        let schedule = FleetSchedule(
            units: [unit("one", on: "a"), unit("two", on: "b"), unit("three"), unit("four")],
            machines: Self.machines)
        #expect(
            schedule.changes() == [.schedule("three", machine: "c"), .schedule("four", machine: "a")])
    }

    @Test func unitsThatConflictShareNoMachine() {
        let routers = (1...4).map { unit("router@\($0)", "Conflicts=router@*") }
        let changes = FleetSchedule(units: routers, machines: Self.machines).changes()
        #expect(
            changes == [
                .schedule("router@1", machine: "a"), .schedule("router@2", machine: "b"),
                .schedule("router@3", machine: "c"),
            ])
    }

    @Test func aMachineThatLeftLosesItsUnits() {
        let schedule = FleetSchedule(
            units: [unit("one", on: "gone"), unit("two", desired: "inactive", on: "b")],
            machines: Self.machines)
        #expect(
            schedule.changes() == [.unschedule("one"), .unschedule("two"), .schedule("one", machine: "a")])
    }

    @Test func globalUnitsAreOfNoMachine() {
        let schedule = FleetSchedule(units: [unit("all", "Global=true")], machines: Self.machines)
        #expect(schedule.changes().isEmpty)
    }

    @Test func metadataSaysWhichMachine() {
        let schedule = FleetSchedule(
            units: [unit("there", "MachineMetadata=zone=c"), unit("nowhere", "MachineMetadata=zone=d")],
            machines: Self.machines)
        #expect(schedule.changes() == [.schedule("there", machine: "c")])
    }

    @Test(
        arguments: [
            (["u": "h1"], [:], [], [.load("u", hash: "h1"), .start("u")]),
            (["u": "h1"], ["u": "h1"], ["u"], []),
            (["u": "h1"], ["u": "h1"], [], [.start("u")]),
            (["u": "h2"], ["u": "h1"], ["u"], [.unload("u"), .load("u", hash: "h2"), .start("u")]),
            ([:], ["u": "h1"], ["u"], [.unload("u")]),
        ] as [([String: String], [String: String], Set<String>, [FleetTasks.Task])])
    func theAgentDoesWhatIsMissing(
        wanted: [String: String], loaded: [String: String], launched: Set<String>, tasks: [FleetTasks.Task]
    ) {
        let wanted = wanted.mapValues { FleetTasks.Wanted(hash: $0, desired: "launched") }
        #expect(FleetTasks(wanted: wanted, loaded: loaded, launched: launched).tasks() == tasks)
    }

    @Test func aUnitThatIsToBeLoadedOnlyIsStopped() {
        let wanted = ["u": FleetTasks.Wanted(hash: "h", desired: "loaded")]
        #expect(FleetTasks(wanted: wanted, loaded: ["u": "h"], launched: ["u"]).tasks() == [.stop("u")])
        #expect(FleetTasks(wanted: wanted, loaded: ["u": "h"], launched: []).tasks().isEmpty)
    }
}
