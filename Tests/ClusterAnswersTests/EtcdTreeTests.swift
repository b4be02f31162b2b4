import ClusterAnswers
import HostFiles
import Testing

@Suite struct EtcdTreeTests {
    /// The answer of etcd 2.3.8, with the keys of fleet 0.11.8 and of a publisher.
    private static let services = #"""
        {"action":"get","node":{"key":"/deis","dir":true,"nodes":[\#
        {"key":"/deis/platform","dir":true,"nodes":[\#
        {"key":"/deis/platform/version","value":"v1.13.4","modifiedIndex":29,"createdIndex":29}],"modifiedIndex":9,"createdIndex":9},\#
        {"key":"/deis/services","dir":true,"nodes":[\#
        {"key":"/deis/services/happy-bandit","dir":true,"nodes":[\#
        {"key":"/deis/services/happy-bandit/happy-bandit_v3.web.12","value":"10.231.77.12:49153",\#
        "expiration":"2026-11-28T08:15:12.39Z","ttl":17,"modifiedIndex":1527,"createdIndex":1527}],"modifiedIndex":1527,"createdIndex":1527},\#
        {"key":"/deis/services/app-scaled-to-zero","dir":true,"ttl":1717,"modifiedIndex":8577,"createdIndex":8577}],\#
        "modifiedIndex":1527,"createdIndex":1527}],"modifiedIndex":1,"createdIndex":1}}
        """#

    @Test func keysAreFoundByTheirPaths() throws {
        let tree = try EtcdTree(Self.services)
        #expect(tree["platform/version"] == "v1.13.4")
        #expect(tree["platform/domain"] == nil)
        let services = tree.below("services")
        let leaf = try #require(services.leaves.first)
        #expect(leaf.path == ["happy-bandit", "happy-bandit_v3.web.12"] && services.leaves.count == 1)
        #expect(leaf.value == "10.231.77.12:49153" && leaf.ttl == .seconds(17) && leaf.index == 1527)
        #expect(services.emptyDirectories == [["app-scaled-to-zero"]])
    }

    @Test func aDirectoryThatIsNotThereIsEmpty() throws {
        let tree = try EtcdTree(#"{"errorCode":100,"message":"Key not found","cause":"/deis","index":3}"#)
        #expect(tree.leaves == [] && tree.emptyDirectories == [])
    }

    @Test(arguments: [
        "", "404 page not found", "[]", "{}", #"{"node":{"key":"/deis","value":"x","modifiedIndex":1}}"#,
        #"{"errorCode":300,"message":"Raft Internal Error","cause":"etcdserver: request timed out","index":0}"#,
        #"{"node":{"key":"/deis","dir":true,"nodes":[{"key":"/deis","value":"x","modifiedIndex":1}]}}"#,
    ])
    func anythingElseIsRefused(body: String) {
        #expect(throws: MalformedText.self) { try EtcdTree(body) }
    }
}

@Suite struct FleetJobListTests {
    @Test func aTargetStateAloneIsNoUnit() throws {
        let tree = try EtcdTree(
            Self.directory(
                "job",
                [
                    ("deis-router@1.service/object", "{}"),
                    ("deis-router@1.service/target-state", "launched"),
                    ("deis-router@1.service/target", "9dfb60e0"),
                    ("deis-nothing.service/target-state", "launched"),
                    ("deis-publisher.service/object", "{}"),
                ]))
        let jobs = FleetJobList(tree).jobs
        #expect(
            jobs.map(\.unit) == ["deis-nothing.service", "deis-publisher.service", "deis-router@1.service"])
        #expect(jobs.map(\.isWhole) == [false, true, true])
        #expect(jobs.map(\.goal) == ["launched", nil, "launched"])
        #expect(jobs.map(\.machine) == [nil, nil, "9dfb60e0"])
    }

    @Test func statesAreReadMachineByMachine() throws {
        let value =
            #"{"loadState":"loaded","activeState":"activating","subState":"auto-restart","machineState":{"ID":"a85e"}}"#
        let tree = try EtcdTree(Self.directory("states", [("deis-logger.service/a85e", value)]))
        let states = try FleetStateList(tree).states
        #expect(states.map(\.unit) == ["deis-logger.service"] && states.map(\.machine) == ["a85e"])
        #expect(states.map(\.active) == ["activating"] && states.map(\.sub) == ["auto-restart"])
    }

    /// A unit whose state cannot be read would be taken for one that runs nowhere.
    @Test(arguments: ["{}", "active", #"{"activeState":"act ive","subState":"dead"}"#])
    func aStateThatCannotBeReadIsAnError(value: String) throws {
        let tree = try EtcdTree(Self.directory("states", [("deis-logger.service/a85e", value)]))
        #expect(throws: MalformedText.self) { try FleetStateList(tree) }
    }

    @Test(
        arguments: [("10.231.77.11", "10.231.77.11"), ("", nil), ("not an address", nil)]
            as [(String, String?)])
    func anAddressIsOneOrNone(text: String, address: String?) throws {
        let tree = try EtcdTree(
            Self.directory(
                "machines", [("a85e/object", #"{"ID":"a85e","PublicIP":"\#(text)","Metadata":{}}"#)]))
        let machines = try FleetMachineRecords(tree).machines
        #expect(machines.map(\.id) == ["a85e"] && machines.map(\.address) == [address])
    }

    /// - Parameter keys: the keys below the directory, each a directory and a name.
    private static func directory(_ name: String, _ keys: [(String, String)]) -> String {
        let root = "/_coreos.com/fleet/\(name)"
        let nodes = keys.map { key, value in
            let folder = key.split(separator: "/")[0]
            let text = value.replacing("\"", with: "\\\"")
            return
                #"{"key":"\#(root)/\#(folder)","dir":true,"nodes":[{"key":"\#(root)/\#(key)","value":"\#(text)","modifiedIndex":7,"createdIndex":7}]}"#
        }
        return
            #"{"action":"get","node":{"key":"\#(root)","dir":true,"nodes":[\#(nodes.joined(separator: ","))]}}"#
    }
}
