import Testing

@testable import PracticeHost

/// The output of deisctl 1.13.4, byte for byte but for the order within a batch (Fixtures/deis).
@Suite struct DeisctlCaptureTests {
    @Test func inPlace() throws {
        var session = try CapturedSession("deisctl-1.13.4-inplace")
        for command in [
            "--version", "list", "status platform", "status router", "install platform",
            "config platform set domain=example.org", "config platform get version",
            "config platform set version=v1.13.4", "config platform get domain version",
            "config platform set version", "config platform set version=", "bogus", "start nothing",
            "machines",
            "install platform",
        ] {
            try session.play("deisctl \(command)")
        }
        session.skip(to: "deisctl start platform")
        try session.play("deisctl start platform")
        session.skip(to: "deisctl status router@1")
        for command in [
            "status router@1", "status publisher", "journal router@1", "stop platform", "stop platform",
            "uninstall platform", "uninstall platform", "stop platform", "start platform", "install platform",
            "start platform", "uninstall registry@1", "stop platform",
        ] {
            try session.play("deisctl \(command)")
        }
        // The batch that named a registry was not done: finding 3 of the facts is about the units left.
        #expect(
            session.platform.now.units["deis-database.service"]?.states == [.running])
    }

    @Test(arguments: ["deisctl-1.13.4-graceful", "deisctl-1.13.4-graceful-slow-store"])
    func graceful(capture: String) throws {
        var session = try CapturedSession(capture)
        session.installAndStart()
        session.skip(to: "deisctl upgrade-prep")
        try session.play("deisctl upgrade-prep")
        if capture.hasSuffix("graceful") {
            session.skip(to: "deisctl upgrade-prep")
            try session.play("deisctl upgrade-prep")
            try session.play("deisctl config platform set version=v1.13.5")
        }
        session.platform.change { world in
            world.keys["/deis/services/happy-bandit/happy-bandit_v3.web.11"] = "10.231.77.11:49153"
            world.asked = []
        }
        try session.play("deisctl upgrade-takeover")

        let (asked, ttls) = (session.platform.now.asked, session.platform.now.ttls)
        #expect(ttls == ["/deis/services/happy-bandit/happy-bandit_v3.web.11": .seconds(1800)])
        // The publisher that runs is installed once more, which stops it.
        #expect(
            asked.filter { $0.hasSuffix("deis-publisher.service") }
                == [
                    "loaded", "destroy", "create", "loaded", "launched", "create", "loaded", "launched",
                    "launched",
                ].map { "\($0) deis-publisher.service" })
    }

    @Test func failures() throws {
        var session = try CapturedSession("deisctl-1.13.4-failures")
        let platform = session.platform
        session.installAndStart()
        try session.play("deisctl upgrade-prep")

        // No machine has room for the store.
        platform.change { $0.unplaceable = Set(Self.store) }
        try session.play("deisctl upgrade-takeover")
        platform.change { world in
            world.unplaceable = []
            for unit in Self.store { world.units[unit] = nil }
        }
        session.skip(to: "deisctl upgrade-takeover")
        try session.play("deisctl upgrade-takeover")
        session.skip(to: "deisctl upgrade-takeover")
        try session.play("deisctl upgrade-takeover")

        let expired = "/deis/services/happy-bandit/happy-bandit_v2.web.9"
        platform.change { world in
            world.keys[expired] = "10.231.77.11:1"
            world.expiring = [expired]
            world.index = 10125
        }
        session.skip(to: "deisctl upgrade-takeover")
        try session.play("deisctl upgrade-takeover")
        session.skip(to: "deisctl install publisher")
        for command in [
            "install publisher", "start publisher", "uninstall controller", "install controller",
            "start controller",
        ] {
            try session.play("deisctl \(command)")
        }
        session.skip(to: "deisctl uninstall builder")
        try session.play("deisctl uninstall builder")
        platform.change { $0.unplaceable = ["deis-builder.service", "deis-router@9.service"] }
        for command in [
            "install builder", "start builder", "uninstall logger", "install logger", "start logger",
            "install router@9",
        ] {
            try session.play("deisctl \(command)")
        }
        platform.change { world in
            world.hasTemplates = false
            world.keys["/deis/platform/domain"] = "example.org"
        }
        for command in ["install platform", "install router@1", "refresh-units -p /tmp/ru -t v1.13.4"] {
            try session.play("deisctl \(command)")
        }
        session.skip(to: "deisctl uninstall router@2")
        platform.change { $0.hasTemplates = true }
        try session.play("deisctl uninstall router@2")
        try expectRestartsByCount(&session)
    }

    /// With routers 1 and 3 a rolling restart makes a router 2, and never comes to 3.
    private func expectRestartsByCount(_ session: inout CapturedSession) throws {
        let platform = session.platform
        platform.change { world in
            world.unplaceable = ["deis-builder.service", "deis-router@2.service"]
            world.units["deis-router@9.service"] = nil
            world.asked = []
        }
        try session.play("deisctl rolling-restart router")
        #expect(!platform.now.asked.contains { $0.contains("router@3") })
        session.skip(to: "deisctl rolling-restart registry")
        try session.play("deisctl rolling-restart registry")
        platform.change { world in
            world.unplaceable = ["deis-router@1.service", "deis-router@2.service"]
        }
        try session.play("deisctl rolling-restart router")
    }

    /// Tables as they were printed, from the rows that stand in them.
    @Test(arguments: ["inplace", "failures", "graceful", "no-quorum"])
    func lists(capture: String) throws {
        let lists = try DeisCapture("deisctl-1.13.4-\(capture)").entries
            .filter { $0.command == "deisctl list" && $0.exitCode == 0 }
        #expect(!lists.isEmpty)
        for list in lists {
            let states = list.out.split(separator: "\n").dropFirst().map { line in
                let cells = line.split(separator: "\t").map(String.init)
                return FleetJobs.State(
                    unit: cells[0], machineID: String(cells[1].prefix(8)) + "aaaa", load: cells[2],
                    active: cells[3], sub: cells[4])
            }
            #expect(DeisctlListing.units(states, ScriptedPlatform.machines) == list.out)
        }
    }

    @Test func withoutAnAgentForSSHThereIsNoTunnel() throws {
        let entry = try #require(
            DeisCapture("deisctl-1.13.4-failures").entries.first { $0.out.contains("SSH_AUTH_SOCK") })
        let outcome = ScriptedPlatform().run(["--tunnel", "10.0.0.1", "list"])
        #expect(outcome.out == entry.out && outcome.exitCode == entry.exitCode)
    }

    private static let store = [
        "deis-store-daemon.service", "deis-store-monitor.service", "deis-store-metadata.service",
        "deis-store-volume.service", "deis-store-gateway@1.service",
    ]
}

extension CapturedSession {
    /// As the platform was when the capture began.
    fileprivate func installAndStart() {
        platform.change { $0.keys["/deis/platform/domain"] = "example.org" }
        for command in ["install", "start"] {
            #expect(platform.run([command, "platform"]).exitCode == 0)
        }
    }
}
