import HostFiles
import Testing

@Suite struct SystemdServiceTests {
    /// The properties of a service that runs, as systemd 252 prints them; others in their place.
    static func text(_ other: [String: String]) -> String {
        let usual = [
            ("Type", "notify"), ("BusName", ""), ("Id", "app.service"), ("RequiredBy", ""),
            ("WantedBy", "multi-user.target"), ("TriggeredBy", ""), ("ActiveState", "active"),
            ("SubState", "running"), ("FragmentPath", "/etc/systemd/system/app.service"), ("Transient", "no"),
        ]
        return usual.map { "\($0)=\(other[$0] ?? $1)\n" }.joined()
    }

    @Test(
        arguments: [
            ([:], true, true), (["SubState": "exited"], false, true), (["Type": "oneshot"], false, true),
            (["ActiveState": "activating", "SubState": "start"], false, true),
            (["ActiveState": "failed", "SubState": "failed"], false, true),
            (["FragmentPath": "/usr/lib/systemd/system/app.service"], true, true),
            // A service that somebody started by hand is to run, too.
            (["WantedBy": ""], true, true),
            (["Transient": "yes"], true, false), (["FragmentPath": ""], true, false),
            (["FragmentPath": "/run/fleet/units/app.service"], true, false),
            (["FragmentPath": "/run/systemd/transient/app.service"], true, false),
            (["FragmentPath": "/run/systemd/generator.late/app.service"], true, true),
            // Started when somebody calls: by its socket, its timer, or the bus.
            (["TriggeredBy": "app.socket", "WantedBy": ""], true, false),
            (["TriggeredBy": "app.socket"], true, true),
            (["BusName": "org.freedesktop.hostname1", "WantedBy": ""], true, false),
            (["BusName": "org.app", "WantedBy": "", "RequiredBy": "b.service"], true, true),
        ] as [([String: String], Bool, Bool)])
    func whatRunsAndWhatABootBringsBack(other: [String: String], isRunning: Bool, isLasting: Bool) throws {
        let services = try SystemdService.list(Self.text(other))
        #expect(services.map(\.unit) == ["app.service"])
        #expect(services.first?.isRunning == isRunning && services.first?.isLasting == isLasting)
    }

    /// A socket starts `sshd@…` for each login, and an older systemd does not say that it did.
    @Test(arguments: ["sshd@0-10.0.0.1:22-10.0.0.9:4711.service", "echo@7-1.2.3.4:7.service"])
    func anInstanceThatNothingWantsDoesNotComeAgain(name: String) throws {
        let once = try SystemdService.list(Self.text(["Id": name, "WantedBy": ""]))
        #expect(once.map(\.isLasting) == [false])
        let wanted = try SystemdService.list(Self.text(["Id": name]))
        #expect(wanted.map(\.isLasting) == [true])
    }

    /// An older systemd knows fewer properties, and prints those that it knows.
    @Test func servicesAreToldApartByEmptyLines() throws {
        let old =
            "Id=old.service\nActiveState=active\nSubState=running\nFragmentPath=/etc/systemd/system/old.service\n"
        let services = try SystemdService.list(
            Self.text([:]) + "\n" + old + "\n\n" + Self.text(["Id": "b@1.service"]))
        #expect(services.map(\.unit) == ["app.service", "old.service", "b@1.service"])
        #expect(services.allSatisfy { $0.isRunning && $0.isLasting })
        #expect(try SystemdService.list("").isEmpty)
    }

    @Test(arguments: [
        "Failed to connect to bus: No such file or directory\n", "Id=app.service\n", "ActiveState=active\n",
        "Id=a b\nActiveState=active\n", "Id=a\u{1B}.service\nActiveState=active\n", "=x\n",
    ]) func anythingElseIsRefused(text: String) {
        #expect(throws: MalformedText.self) { try SystemdService.list(text) }
    }
}
