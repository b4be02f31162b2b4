import HostFiles
import Testing

/// Text from hosts may be anything. A reader may refuse it; a trap would take the whole rollout down.
@Suite struct HostileTextTests {
    static let samples = [
        "ID=\"core\\os\"\nVERSION_ID='717.3.0'\n",
        "LAST_CHECKED_TIME=1\nPROGRESS=0.5\nCURRENT_OP=UPDATE_STATUS_IDLE\nNEW_VERSION=1.2.3\nNEW_SIZE=5\n",
        #"{"__CURSOR":"c","__REALTIME_TIMESTAMP":"1","MESSAGE":[104,105],"_PID":"1"}"#,
        "I20261124 00:34:02.304412   365 update_attempter.cc:493] Downloaded 1/2 bytes (50%)",
        "[0422/124111:INFO:update_attempter.cc(674)] Subprocess status: 1",
        "      139264      614400       3  Label: \"USR-A\"\n  Type: x\n  UUID: y\n  Attr: priority=1 tries=0 successful=1\n",
        "/dev/nvme0n1p4\n/dev/loop03\n",
        "MACHINE\t\tIP\t\tMETADATA\n01d6eeef...\t127.0.0.12\trole=worker,zone=z2\n",
        "member 3e6094576e730890 is healthy: got healthy result from http://a\ncluster is healthy\n",
        "3e6094576e730890[unstarted]: name=n3 peerURLs=http://a clientURLs=http://b isLeader=true\n",
        "831f49e31a53750f, started, n1, http://a:1,http://a:2, http://a:3, true\n",
        #"{"members":[{"ID":18446744073709551615,"name":"n3"}]}"#,
        #"{"etcdserver":"2.3.8","etcdcluster":"not_decided"}"#, #"{"health": "true"}"#, "etcd 0.4.9",
        "Available: 0\nMax: 2\n\nMACHINE ID\na\n",
    ]

    /// Every reader; true where the text was taken.
    static func readAll(_ text: String) -> [Bool] {
        func taken(_ read: () throws -> Void) -> Bool { (try? read()) != nil }
        return [
            taken { _ = try OSRelease(text) }, taken { _ = try EngineStatus.last(of: text) },
            taken { _ = try JournalEntry(line: text) }, EngineLogEvent(message: text) != nil,
            taken { _ = try CgptTable(text) }, taken { _ = try CgptFind(text, disk: "/dev/loop0") },
            taken { _ = try PartitionDevice(rootdev: text) }, taken { _ = try SystemdUnitState(text) },
            taken { _ = try FleetMachineList(text) }, taken { _ = try FleetMachineList.Page(json: text) },
            taken { _ = try EtcdClusterHealth(text) }, taken { _ = try EtcdMembers(etcdctl: text) },
            taken { _ = try EtcdMembers(v2: text) }, taken { _ = try EtcdMembers(v3: text) },
            taken { _ = try EtcdVersionAnswer(text) }, taken { _ = try EtcdHealthAnswer(text) },
            taken { _ = try EtcdSelfStats(text) }, taken { _ = try EtcdEndpointStatus.list(etcdctl: text) },
            taken { _ = try EtcdEndpointHealth.list(text: text) }, taken { _ = try LocksmithStatus(text) },
            taken { _ = try LocksmithStatus(json: text) }, ReleaseVersion(text) != nil,
            EtcdVersion(text) != nil, EtcdMemberID(hexadecimal: text) != nil,
        ]
    }

    @Test(arguments: samples) func someReaderTakesTheSampleItself(sample: String) {
        #expect(Self.readAll(sample).contains(true))
    }

    @Test(arguments: samples) func noCutTraps(sample: String) {
        let bytes = Array(sample.utf8)
        for length in 0..<bytes.count {
            let outcome = Self.readAll(String(decoding: bytes.prefix(length), as: UTF8.self))
            #expect(outcome.count == 24)
        }
    }

    @Test(arguments: 0..<600 as Range<UInt64>) func noDamageTraps(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var bytes = Array(Self.samples[Int(seed) % Self.samples.count].utf8)
        let alphabet = Array("\u{0}\t\r\n \"'\\=:,.[](){}-+%/p0189aZ\u{FEFF}é".utf8) + [0x80, 0xff]
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let byte = alphabet.randomElement(using: &random) ?? 0
            if Bool.random(using: &random) { bytes[place] = byte } else { bytes.insert(byte, at: place) }
        }
        #expect(Self.readAll(String(decoding: bytes, as: UTF8.self)).count == 24)
    }
}
