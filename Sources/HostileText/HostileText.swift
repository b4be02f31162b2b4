/// Text as a host, or whoever took it over, may send it: damaged, spliced, or no text at all. The same from the same seed.
public struct HostileText {
    /// Output of the programs whose text is read, in small.
    public static let samples = [
        "ID=\"core\\os\"\nVERSION_ID='717.3.0'\n",
        "LAST_CHECKED_TIME=1\nPROGRESS=0.5\nCURRENT_OP=UPDATE_STATUS_IDLE\nNEW_VERSION=1.2.3\nNEW_SIZE=5\n",
        #"{"__CURSOR":"c","__REALTIME_TIMESTAMP":"1","MESSAGE":[104,105],"_PID":"1"}"#,
        "I20261124 00:34:02.304412   365 update_attempter.cc:493] Downloaded 1/2 bytes (50%)",
        "[0422/124111:INFO:update_attempter.cc(674)] Subprocess status: 1",
        "      139264      614400       3  Label: \"USR-A\"\n  Type: x\n  UUID: y\n  Attr: priority=1 tries=0 successful=1\n",
        "/dev/nvme0n1p4\n/dev/loop03\n",
        "MACHINE\t\tIP\t\tMETADATA\n01d6eeef...\t127.0.0.12\trole=worker,zone=z2\n",
        "web.service\tlaunched\ndeis-router@1.service\t\tactive\n",
        "UNIT\t\t\tMACHINE\t\t\tLOAD\tACTIVE\tSUB\ndeis-router@1.service\t01d6eeef.../10.0.0.1\tloaded\tactive\trunning\n",
        #"{"node":{"key":"/m","dir":true,"nodes":[{"key":"/m/a","dir":true,"nodes":[{"key":"/m/a/object","modifiedIndex":7}]}]}}"#,
        "member 3e6094576e730890 is healthy: got healthy result from http://a\ncluster is healthy\n",
        "3e6094576e730890[unstarted]: name=n3 peerURLs=http://a clientURLs=http://b isLeader=true\n",
        "831f49e31a53750f, started, n1, http://a:1,http://a:2, http://a:3, true\n",
        #"{"members":[{"ID":18446744073709551615,"name":"n3"}]}"#,
        #"{"etcdserver":"2.3.8","etcdcluster":"not_decided"}"#, #"{"health": "true"}"#, "etcd 0.4.9",
        "Available: 0\nMax: 2\n\nMACHINE ID\na\n",
        "LoadState=masked\nActiveState=inactive\nUnitFileState=masked\n",
        #"{"machines":[{"id":"01d6eeef","primaryIP":"10.0.0.1","metadata":{"role":"a"}}],"nextPageToken":"x"}"#,
        #"{"semaphore":0,"max":1,"holders":["01d6eeef"]}"#,
        #"{"node":{"key":"/a","dir":true,"nodes":[{"key":"/a/semaphore","value":"{\"semaphore\":0,\"max\":1,\"holders\":[\"b\"]}","modifiedIndex":7}]}}"#,
        #"{"action":"get","node":{"key":"/a","value":"b","modifiedIndex":7,"createdIndex":7}}"#,
        #"{"header":{"revision":"9"},"kvs":[{"key":"YQ==","mod_revision":"9","value":"Yg=="}],"count":"1"}"#,
        #"{"id":"8e9e05c52164694d","name":"n1","state":"StateLeader","leaderInfo":{"leader":"8e9e05c52164694d"}}"#,
        #"[{"Endpoint":"a","Status":{"header":{"cluster_id":1,"member_id":9},"version":"3.3.20","dbSize":1,"leader":9,"raftIndex":9,"raftTerm":2}}]"#,
        "http://a:2379 is healthy: successfully committed proposal: took = 2.3ms\n",
        #"{"items":[{"kind":"Node","metadata":{"name":"n1","resourceVersion":"7"},"status":{"nodeInfo":{"machineID":"a","bootID":"b"}}}]}"#,
        #"{"items":[{"metadata":{"namespace":"default","name":"web-0","labels":{"app":"web"}},"status":{"phase":"Running"}}]}"#,
        #"{"items":[{"metadata":{"namespace":"a","name":"b"},"spec":{"selector":{"matchExpressions":[{"key":"app","operator":"In","values":["web"]}]}},"status":{"disruptionsAllowed":0}}]}"#,
        #"{"kind":"APIResourceList","resources":[{"name":"pods/eviction","group":"policy","version":"v1","kind":"Eviction"}]}"#,
        #"{"kind":"APIGroupList","groups":[{"name":"policy"}]}"#,
        "[Service]\nEnvironment=\"ETCD_IMAGE_TAG=v3.0.10\"\nExecStart=/usr/lib/coreos/etcd-wrapper \\\n $X\n",
        "# kept\nGROUP=stable\nREBOOT_STRATEGY=off\n",
    ]

    private static let awkward = Array("\u{0}\t\r\n \"'\\=:,.[](){}-+%/p0189aZ\u{FEFF}é".utf8) + [0x80, 0xff]

    private var random: SeededGenerator

    public init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// A sample after one to six mishaps.
    public mutating func damaged() -> String {
        var bytes = Array(sample().utf8)
        for _ in 0..<Int.random(in: 1...6, using: &random) { damage(&bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Bytes that mean nothing to anybody.
    public mutating func garbage() -> String {
        let count = Int.random(in: 16...400, using: &random)
        let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func sample() -> String { Self.samples.randomElement(using: &random) ?? "" }

    private mutating func damage(_ bytes: inout [UInt8]) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let end = Int.random(in: place...min(bytes.count, place + 24), using: &random)
        let byte = Self.awkward.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<8, using: &random) {
        case 0 where place < bytes.count: bytes[place] = byte
        case 1: bytes.insert(byte, at: place)
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
        // The other half is another program's.
        case 4: bytes.replaceSubrange(place..., with: sample().utf8)
        case 5: bytes.insert(contentsOf: "18446744073709551616".utf8, at: place)
        // Deeper than anybody nests, and longer than anybody counts.
        case 6: bytes.insert(contentsOf: [UInt8](repeating: byte, count: 300), at: place)
        case 7 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
        default: bytes.removeLast(bytes.count - place)
        }
    }
}
