import ClusterAnswers
import HostFiles
import Testing

@Suite struct FleetTests {
    @Test func readsTheFullListWithoutLegend() throws {
        let list = try FleetMachineList(
            "01d6eeef5996d7c4c6f929405221d47f\t127.0.0.12\trole=worker,zone=z2\n"
                + "ffffffffffffffffffffffffffffffff\t-\t\t-\n")
        #expect(
            list.machines == [
                FleetMachine(
                    id: "01d6eeef5996d7c4c6f929405221d47f", idIsShortened: false, address: "127.0.0.12",
                    metadata: ["role": "worker", "zone": "z2"]),
                FleetMachine(
                    id: "ffffffffffffffffffffffffffffffff", idIsShortened: false, address: nil, metadata: [:]),
            ])
        #expect(list.contains(machineID: "01d6eeef5996d7c4c6f929405221d47f"))
        #expect(!list.contains(machineID: "01d6eeef5996d7c4c6f929405221d470"))
        #expect(!list.contains(machineID: "01d6eeef"))
    }

    @Test func readsTheShortListWithItsLegendAndTwoTabs() throws {
        let list = try FleetMachineList(
            "MACHINE\t\tIP\t\tMETADATA\n01d6eeef...\t127.0.0.12\trole=worker,zone=z2\nffffffff...\t-\t\t-\n")
        #expect(list.machines.map(\.id) == ["01d6eeef", "ffffffff"])
        #expect(list.machines.map(\.idIsShortened) == [true, true])
        #expect(list.contains(machineID: "01d6eeef5996d7c4c6f929405221d47f"))
        #expect(!list.contains(machineID: "02d6eeef5996d7c4c6f929405221d47f"))
    }

    @Test(arguments: ["", "MACHINE\tIP\tMETADATA\n"]) func nobodyIsAnAnswer(text: String) throws {
        #expect(try FleetMachineList(text).machines.isEmpty)
    }

    @Test func fewerColumnsAreMachinesToo() throws {
        #expect(try FleetMachineList("01d6eeef...\t127.0.0.12\n").machines.first?.address == "127.0.0.12")
        #expect(try FleetMachineList("01d6eeef...\n").machines.first?.address == nil)
    }

    @Test(arguments: [
        "Error retrieving list of active machines: dial tcp\n", "...\t1\t-\n", "a\tb\tc\td\n",
        "abc\t-\tnot metadata\n",
        "abc\t-\trole\u{06}=worker\n",
        "abc\t-\trole=\u{FFFD}\n",
        "<html>\n", "\t\t\n",
    ])
    func anythingElseIsRefused(text: String) {
        let error = #expect(throws: MalformedText.self) { try FleetMachineList(text) }
        #expect(error?.line == 1)
    }

    @Test func readsAPageOfTheAPI() throws {
        let page = try FleetMachineList.Page(
            json:
                #"{"machines":[{"id":"01d6","metadata":{"role":"worker"},"primaryIP":"127.0.0.12"},{"id":"ffff","primaryIP":""}],"nextPageToken":"t"}"#
        )
        #expect(page.machines.map(\.id) == ["01d6", "ffff"])
        #expect(page.machines.map(\.address) == ["127.0.0.12", nil])
        #expect(page.nextPageToken == "t")
        #expect(try FleetMachineList.Page(json: "{}").machines.isEmpty)
        #expect(throws: MalformedText.self) { try FleetMachineList.Page(json: "fleet API unavailable") }
    }

    @Test(arguments: [
        (
            "Error retrieving list of active machines: googleapi: Error 503: fleet server unable to communicate with etcd\n",
            FleetctlFailure.etcdUnreachable(
                reason: "googleapi: Error 503: fleet server unable to communicate with etcd")
        ),
        (
            "2026/11/23 23:51:27 ERROR fleetctl.go:216: error attempting to check\n"
                + "Error retrieving list of active machines: dial tcp 127.0.0.1:1: connect: connection refused\n",
            .listUnavailable(reason: "dial tcp 127.0.0.1:1: connect: connection refused")
        ),
        (
            "Error retrieving list of active machines from fleet API (dial unix /var/run/fleet.sock: no such file)\nhint\n",
            .listUnavailable(reason: "dial unix /var/run/fleet.sock: no such file")
        ),
        ("Unable to initialize client: bad endpoint\n", .clientUnusable(reason: "bad endpoint")),
        (
            #"Invalid key in output format: "bogus""#,
            .other(message: #"Invalid key in output format: "bogus""#)
        ),
        ("", .other(message: "")),
    ])
    func aFailureIsToldByItsText(text: String, failure: FleetctlFailure) {
        #expect(FleetctlFailure(standardError: text) == failure)
    }
}

@Suite struct FleetRegistrationsTests {
    /// As etcd 3.4 answered for fleet 0.11.8's keys; the second machine left, and its directory stays (facts 0.18).
    @Test func entriesAreReadWithTheirIndices() throws {
        let body = #"""
            {"action":"get","node":{"key":"/_coreos.com/fleet/machines","dir":true,"nodes":[\#
            {"key":"/_coreos.com/fleet/machines/01d6","dir":true,"nodes":[\#
            {"key":"/_coreos.com/fleet/machines/01d6/object","value":"{\"ID\":\"01d6\"}","expiration":"2026-11-25T10:00:00Z",\#
            "ttl":28,"modifiedIndex":412,"createdIndex":9}],"modifiedIndex":5,"createdIndex":5},\#
            {"key":"/_coreos.com/fleet/machines/9908","dir":true,"modifiedIndex":6,"createdIndex":6}],\#
            "modifiedIndex":5,"createdIndex":5}}
            """#
        #expect(try FleetRegistrations(body).entries == ["01d6": .init(index: 412, timeLeft: .seconds(28))])
    }

    /// The rest of an entry's TTL is bounded, because anybody may have written the entry.
    @Test(
        arguments: [
            (#","ttl":0"#, 0), (#","ttl":60"#, 60), ("", nil), (#","ttl":-1"#, nil),
            (#","ttl":9223372036854775807"#, nil),
        ] as [(String, Int64?)])
    func aTTLIsOneThatFleetWouldSet(ttl: String, seconds: Int64?) throws {
        let body = #"""
            {"node":{"key":"/m","dir":true,"nodes":[{"key":"/m/01d6","dir":true,"nodes":[\#
            {"key":"/m/01d6/object","value":"","modifiedIndex":1\#(ttl)}]}]}}
            """#
        #expect(try FleetRegistrations(body).entries["01d6"]?.timeLeft == seconds.map { .seconds($0) })
    }

    @Test(arguments: [
        #"{"errorCode":100,"message":"Key not found","cause":"/_coreos.com","index":3}"#,
        "404 page not found\n", "",
        #"{"action":"get","node":{"key":"/a","value":"1","modifiedIndex":3,"createdIndex":3}}"#, "[]",
    ])
    func anythingElseIsRefused(body: String) {
        #expect(throws: MalformedText.self) { try FleetRegistrations(body) }
    }
}

@Suite struct FleetUnitListTests {
    @Test func unitsAndTheirStates() throws {
        let list = try FleetUnitList(
            "deis-router@1.service\tactive\ndeis-store-daemon.service\t\tfailed\nx.timer\t-\n")
        #expect(
            list.entries.map { "\($0.unit) \($0.state)" } == [
                "deis-router@1.service active", "deis-store-daemon.service failed", "x.timer -",
            ])
        #expect(try FleetUnitList("").entries.isEmpty)
    }

    @Test(arguments: [
        "Error retrieving list of units from repository: googleapi: Error 503\n", "a.service\n",
        "service\tactive\n",
        "a.service\tactive\tdead\n", "a.service\tact ive\n", "a b.service\tactive\n", "UNIT\tACTIVE\n",
    ])
    func anythingElseIsRefused(text: String) {
        #expect(throws: MalformedText.self) { try FleetUnitList(text) }
    }
}

@Suite struct DeisUnitListTests {
    static let header = "UNIT\t\t\t\tMACHINE\t\t\tLOAD\tACTIVE\t\tSUB\n"

    @Test func componentsAndTheirStates() throws {
        let list = try DeisUnitList(
            Self.header + "deis-builder.service\t\t1a2b3c4d.../10.0.0.1\tloaded\tactivating\tstart-pre\n"
                + "deis-router@1.service\t\t1a2b3c4d.../10.0.0.1\tloaded\tactive\t\trunning\n"
                + "deis-store-volume.service\t-\t\t\t-\t-\t\t-\n")
        #expect(
            list.entries.map { "\($0.unit) \($0.load) \($0.active) \($0.sub) \($0.isUp)" } == [
                "deis-builder.service loaded activating start-pre false",
                "deis-router@1.service loaded active running true", "deis-store-volume.service - - - false",
            ])
        #expect(try DeisUnitList(Self.header).entries.isEmpty)
    }

    /// deisctl prints its errors on standard output, and may exit with 0 (facts 0.26).
    @Test(arguments: [
        "", "Error: timeout reached\n", "UNIT\tMACHINE\tLOAD\tACTIVE\n",
        "deis-router@1.service\t1a2b3c4d.../10.0.0.1\tloaded\tactive\trunning\n",
        header + "Error: timeout reached\n",
        header + "web.service\t1a2b3c4d.../10.0.0.1\tloaded\tactive\trunning\n",
        header + "deis-router@1.service\t1a2b3c4d.../10.0.0.1\tloaded\tactive\n",
        header + "deis-router@1.service\t1a2b3c4d.../10.0.0.1\tloaded\tactive\trunning\tmore\n",
        header + "deis-router@1.service\t1a2b 3c4d\tloaded\tactive\trunning\n",
        header + "deis-router@1.service\t-\tloaded\tact ive\trunning\n",
    ])
    func anythingElseIsRefused(text: String) {
        #expect(throws: MalformedText.self) { try DeisUnitList(text) }
    }
}
