import HostFiles
import Testing

@Suite struct PartitionTests {
    @Test(arguments: [
        ("/dev/sda3", "/dev/sda", 3, "/dev/sda4"),
        ("/dev/vdb4", "/dev/vdb", 4, "/dev/vdb4"),
        ("/dev/xvda9", "/dev/xvda", 9, "/dev/xvda4"),
        ("/dev/sdaa12", "/dev/sdaa", 12, "/dev/sdaa4"),
        ("/dev/nvme0n1p4", "/dev/nvme0n1", 4, "/dev/nvme0n1p4"),
        ("/dev/nvme10n2p3", "/dev/nvme10n2", 3, "/dev/nvme10n2p4"),
        ("/dev/loop0p3", "/dev/loop0", 3, "/dev/loop0p4"),
        ("/dev/loop12p128", "/dev/loop12", 128, "/dev/loop12p4"),
        ("/dev/mmcblk0p3", "/dev/mmcblk0", 3, "/dev/mmcblk0p4"),
        ("/dev/md127p3", "/dev/md127", 3, "/dev/md127p4"),
    ])
    func aPathIsDiskAndNumber(path: String, disk: String, number: Int, fourth: String) throws {
        let device = try PartitionDevice(path: path)
        #expect(device.disk == disk)
        #expect(device.number == number)
        #expect(device.path == path)
        #expect(try device.sibling(number: 4).path == fourth)
        #expect(try PartitionDevice(disk: disk, number: number) == device)
    }

    @Test(arguments: [
        "", "/dev/", "/dev/sda", "/dev/loop0", "/dev/nvme0n1", "/dev/mmcblk0", "/dev/md127", "/dev/dm-0",
        "/dev/mapper/usr", "/dev/disk/by-partlabel/USR-A", "sda3", "/tmp/sda3", "/dev/sda0", "/dev/sda03",
        "/dev/sda129",
        "/dev/sda3 ", "/dev/../etc/sda3", "/dev/sda3\n", "/dev/0p1", "/dev/sda99999999999999999999",
    ])
    func nothingElseIsAPartition(path: String) {
        #expect(throws: MalformedText.self) { try PartitionDevice(path: path) }
    }

    @Test func aSiblingOutOfRangeIsRefused() throws {
        let device = try PartitionDevice(path: "/dev/sda3")
        #expect(throws: MalformedText.self) { try device.sibling(number: 0) }
        #expect(throws: MalformedText.self) { try device.sibling(number: 129) }
    }

    @Test func rootdevPrintsOnePath() throws {
        #expect(try PartitionDevice(rootdev: "/dev/loop0p4\n").path == "/dev/loop0p4")
        #expect(throws: MalformedText(subject: .rootdev, problem: .empty)) {
            try PartitionDevice(rootdev: "")
        }
        #expect(throws: MalformedText.self) { try PartitionDevice(rootdev: "/dev/sda3\n/dev/sda4\n") }
        #expect(throws: MalformedText.self) { try PartitionDevice(rootdev: "/dev/mapper/usr\n") }
    }

    @Test func cgptFindLosesALetterOnDisksThatEndInADigit() throws {
        let found = try CgptFind("/dev/loop03\n/dev/loop04\n", disk: "/dev/loop0")
        #expect(found.partitions.map(\.path) == ["/dev/loop0p3", "/dev/loop0p4"])
        #expect(found.elsewhere.isEmpty)
    }

    @Test(arguments: [
        ("/dev/sda3\n/dev/sda4\n", "/dev/sda", ["/dev/sda3", "/dev/sda4"], []),
        ("/dev/nvme0n13\n", "/dev/nvme0n1", ["/dev/nvme0n1p3"], []),
        ("/dev/nvme0n1p3\n", "/dev/nvme0n1", ["/dev/nvme0n1p3"], []),
        ("/dev/sda3\n/dev/sdb3\n/dev/sdaa3\n", "/dev/sda", ["/dev/sda3"], ["/dev/sdb3", "/dev/sdaa3"]),
        ("", "/dev/sda", [], []),
    ])
    func cgptFindIsReadAgainstTheDisk(text: String, disk: String, here: [String], elsewhere: [String]) throws
    {
        let found = try CgptFind(text, disk: disk)
        #expect(found.partitions.map(\.path) == here)
        #expect(found.elsewhere == elsewhere)
    }

    @Test func cgptFindPrintsPathsOnly() {
        #expect(throws: MalformedText.self) { try CgptFind("cgpt: error\n", disk: "/dev/sda") }
    }

    @Test func bareValuesMakeAttributes() throws {
        let staged = try PartitionAttributes(priority: "2\n", tries: "1\n", successful: "0\n")
        #expect(staged == PartitionAttributes(priority: 2, tries: 1, successful: false))
        #expect(staged.isBootable)
        #expect(staged.description == "priority=2 tries=1 successful=0")
        #expect(!PartitionAttributes(priority: 2, tries: 0, successful: false).isBootable)
        #expect(!PartitionAttributes(priority: 0, tries: 0, successful: true).isBootable)
    }

    @Test(arguments: [
        (CgptField.priority, "16\n", "priority of 0 to 15"), (.tries, "-1\n", "tries of 0 to 15"),
        (.successful, "2\n", "successful of 0 to 1"), (.successful, "yes\n", "successful of 0 to 1"),
        (.priority, "1\n2\n", "one line only"), (.successful, "\n", "successful of 0 to 1"),
    ])
    func aBareValueOutOfRangeIsRefused(field: CgptField, text: String, expected: String) throws {
        let error = try #require(#expect(throws: MalformedText.self) { try field.number(in: text) })
        guard case .unexpected(_, expected) = error.problem else {
            Issue.record("\(error) does not expect \(expected)")
            return
        }
    }

    @Test func bareTextsAreRead() throws {
        #expect(try CgptField.label.text(in: "USR-A\n") == "USR-A")
        #expect(
            try CgptField.uniqueID.text(in: "7130C94A-213A-4E5A-8E26-6CCE9662F132\n")
                == "7130C94A-213A-4E5A-8E26-6CCE9662F132")
        #expect(CgptField.allCases.map(\.flag) == ["-P", "-T", "-S", "-l", "-u"])
    }
}
