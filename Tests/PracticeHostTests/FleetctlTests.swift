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
        #expect(try MachineListing(options: options).text(Self.machines) == expected)
    }

    @Test(arguments: [([], "MACHINE\tIP\tMETADATA\n"), (["--no-legend"], "")] as [([String], String)])
    func anEmptyClusterIsTheHeaderAlone(options: [String], expected: String) throws {
        #expect(try MachineListing(options: options).text([]) == expected)
    }

    @Test(arguments: [
        ("--fields=bogus", "Invalid key in output format: \"bogus\""),
        ("--fields=", "Must define output format"),
    ])
    func refusesFieldsInTheRealOnesWords(option: String, message: String) {
        #expect {
            try MachineListing(options: [option])
        } throws: { "\($0)" == message }
    }

    @Test func readsItsConfiguration() {
        let configuration = FleetConfiguration(
            text: "# x\nagent_ttl=\"6s\"\npublic_ip=\"10.213.1.11\"\nmetadata=\"role=worker,zone=z1\"\n")

        #expect(configuration.ttlSeconds == 6)
        #expect(configuration.publicIP == "10.213.1.11")
        #expect(configuration.metadata == ["role": "worker", "zone": "z1"])
    }

    @Test(arguments: ["", "agent_ttl=\"soon\"\n", "agent_ttl=\"-3s\"\n"])
    func withoutAUsableTTLItIsFleetsOwn(text: String) {
        #expect(FleetConfiguration(text: text).ttlSeconds == 30)
    }
}
