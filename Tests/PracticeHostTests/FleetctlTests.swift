import Testing

@testable import PracticeHost

/// captures/fleet-0.11.8-cluster
@Suite struct FleetctlTests {
    static let machines = [
        FleetRecord(
            id: "01d6eeef5996d7c4c6f929405221d47f", publicIP: "127.0.0.12",
            metadata: ["zone": "z2", "role": "worker"], version: "0.11.8"),
        FleetRecord(id: "ffffffffffffffffffffffffffffffff", publicIP: "", metadata: [:], version: "0.11.8"),
    ]

    @Test(
        arguments: [
            (
                [],
                "MACHINE\t\tIP\t\tMETADATA\n01d6eeef...\t127.0.0.12\trole=worker,zone=z2\nffffffff...\t-\t\t-\n"
            ),
            (
                ["--full"],
                "MACHINE\t\t\t\t\tIP\t\tMETADATA\n01d6eeef5996d7c4c6f929405221d47f\t127.0.0.12\trole=worker,zone=z2\nffffffffffffffffffffffffffffffff\t-\t\t-\n"
            ),
            (
                ["--full", "--no-legend"],
                "01d6eeef5996d7c4c6f929405221d47f\t127.0.0.12\trole=worker,zone=z2\nffffffffffffffffffffffffffffffff\t-\t\t-\n"
            ),
            (["--fields=machine,ip", "--no-legend"], "01d6eeef...\t127.0.0.12\nffffffff...\t-\n"),
            (
                ["-l", "--no-legend", "--fields=machine"],
                "01d6eeef5996d7c4c6f929405221d47f\nffffffffffffffffffffffffffffffff\n"
            ),
        ] as [([String], String)])
    func listsAsTheRealOne(options: [String], expected: String) throws {
        #expect(try FleetListing(.machines, options: options).text(Self.machines) == expected)
    }

    @Test(arguments: [([], "MACHINE\tIP\tMETADATA\n"), (["--no-legend"], "")] as [([String], String)])
    func anEmptyClusterIsTheHeaderAlone(options: [String], expected: String) throws {
        #expect(try FleetListing(.machines, options: options).text([FleetRecord]()) == expected)
    }

    @Test(arguments: [
        ("--fields=bogus", "Invalid key in output format: \"bogus\""),
        ("--fields=", "Must define output format"),
    ])
    func refusesFieldsInTheRealOnesWords(option: String, message: String) {
        #expect {
            try FleetListing(.machines, options: [option])
        } throws: { "\($0)" == message }
    }

    @Test func listsUnitsAsItIsAsked() throws {
        let states = [
            FleetJobs.State(
                unit: "web.service", machineID: "01d6eeef5996d7c4c6f929405221d47f", active: "active",
                sub: "running")
        ]
        #expect(
            try FleetListing(.units, options: []).text(states, Self.machines)
                == "UNIT\t\tMACHINE\t\t\tACTIVE\tSUB\nweb.service\t01d6eeef.../127.0.0.12\tactive\trunning\n")
        #expect(
            try FleetListing(.units, options: ["--no-legend", "--fields=unit,active"]).text(states, [])
                == "web.service\tactive\n")
        #expect(
            try FleetListing(.files, options: ["--no-legend", "--fields=unit,dstate"])
                .text([FleetJobs.Job(unit: "web.service", desired: "launched")]) == "web.service\tlaunched\n")
        #expect(throws: FleetListing.OptionError.unknownField("ip")) {
            try FleetListing(.units, options: ["--fields=unit,ip"])
        }
    }

    /// Of the same units deisctl lists Deis' alone.
    @Test func deisctlListsDeisUnits() {
        let states = ["web.service", "deis-router@1.service"].map {
            FleetJobs.State(
                unit: $0, machineID: "01d6eeef5996d7c4c6f929405221d47f", active: "active", sub: "running")
        }
        #expect(
            DeisctlListing.units(states, Self.machines)
                == "UNIT\t\t\tMACHINE\t\t\tLOAD\tACTIVE\tSUB\n"
                + "deis-router@1.service\t01d6eeef.../127.0.0.12\tloaded\tactive\trunning\n")
    }

    @Test func readsItsConfiguration() {
        let configuration = FleetConfiguration(
            text: "# x\nagent_ttl=\"6s\"\npublic_ip=\"10.213.1.11\"\nmetadata=\"role=worker,zone=z1\"\n")

        #expect(configuration.ttl == .seconds(6))
        #expect(configuration.publicIP == "10.213.1.11")
        #expect(configuration.metadata == ["role": "worker", "zone": "z1"])
    }

    @Test(arguments: ["", "agent_ttl=\"soon\"\n", "agent_ttl=\"-3s\"\n"])
    func withoutAUsableTTLItIsFleetsOwn(text: String) {
        #expect(FleetConfiguration(text: text).ttl == .seconds(30))
    }
}
