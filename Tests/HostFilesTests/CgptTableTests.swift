import HostFiles
import Testing

@Suite struct CgptTableTests {
    @Test func readsARealTable() throws {
        let table = try CgptTable(Fixture.cgptStaged.text())
        #expect(table.partitions.map(\.number) == [1, 2, 3, 4, 6, 9])
        #expect(
            table.partitions.map(\.label) == ["EFI-SYSTEM", "BIOS-BOOT", "USR-A", "USR-B", "OEM", "ROOT"])
        #expect(table.usrPartitions.map(\.label) == ["USR-A", "USR-B"])
        #expect(table.invalidParts.isEmpty && !table.copiesDiffer)
        let b = try #require(table[label: "USR-B"])
        #expect(b.number == 4 && b.startSector == 753_664 && b.sizeSectors == 614_400)
        #expect(b.type == "Alias for coreos-rootfs")
        #expect(b.uuid == "E03DD35C-7C2D-4A47-B3FE-27F15780A57C")
        #expect(b.attributes == PartitionAttributes(priority: 2, tries: 1, successful: false))
        #expect(table[3]?.attributes == PartitionAttributes(priority: 1, tries: 0, successful: true))
        #expect(table[1]?.attributes == nil)
        #expect(table[label: "USR-C"] == nil)
    }

    static func row(_ number: Int, _ label: String, attributes: String? = nil) -> String {
        let indent = String(repeating: " ", count: 34)
        return "      139264      614400       \(number)  Label: \"\(label)\"\n"
            + "\(indent)Type: Alias for coreos-rootfs\n\(indent)UUID: 7130C94A-213A-4E5A-8E26-6CCE9662F132\n"
            + (attributes.map { "\(indent)Attr: \($0)\n" } ?? "")
    }

    static let head = "       start        size    part  contents\n"

    @Test(arguments: [
        ("priority=1 tries=0 successful=1", PartitionAttributes(priority: 1, tries: 0, successful: true)),
        (
            "priority=15 tries=15 successful=0 ",
            PartitionAttributes(priority: 15, tries: 15, successful: false)
        ),
        ("Legacy BIOS Bootable", nil), ("priority=1", nil), ("priority=99 tries=0 successful=1", nil),
    ])
    func attributesAreReadWhereTheyAreThree(text: String, attributes: PartitionAttributes?) throws {
        #expect(
            try CgptTable(Self.head + Self.row(3, "USR-A", attributes: text))[3]?.attributes == attributes)
    }

    @Test func aDamagedTableSaysSo() throws {
        let table = try CgptTable(
            """
                   start        size    part  contents
                       0           1          PMBR
                       1           1 INVALID  Pri GPT header
                       0           0 INVALID  Pri GPT table
                  131039          32          Sec GPT table

            """ + Self.row(3, "USR-A") + "      131071           1          Sec GPT header\n")
        #expect(table.invalidParts == ["Pri GPT header", "Pri GPT table"])
        #expect(table[3]?.label == "USR-A")
    }

    @Test func whereCopiesDifferTheFirstCounts() throws {
        let table = try CgptTable(
            Self.head + Self.row(3, "USR-A", attributes: "priority=2 tries=0 successful=1")
                + "     1556447          32          Sec GPT table\n"
                + Self.row(3, "USR-A", attributes: "priority=2 tries=0 successful=0"))
        #expect(table.copiesDiffer)
        #expect(table.partitions.count == 1)
        #expect(table[3]?.attributes?.successful == true)
    }

    @Test(arguments: ["", "a \"b\"", "Ä", "Type: x"]) func aLabelIsAnyText(label: String) throws {
        #expect(try CgptTable(Self.head + Self.row(3, label))[3]?.label == label)
    }

    @Test(arguments: [
        ("", "cannot read cgpt table: any partition is missing"),
        (head, "cannot read cgpt table: any partition is missing"),
        (
            "ERROR: unable to open /dev/sdz\n",
            #"cannot read cgpt table, line 1: found "ERROR: unable to open /dev/sdz", expected a row of cgpt show"#
        ),
        (
            "1 2 3  no label\n",
            #"cannot read cgpt table, line 1: found "1 2 3  no label", expected a partition with its label"#
        ),
        (
            "1 2 300  Label: \"x\"\n",
            #"cannot read cgpt table, line 1: found "1 2 300  Label: \"x\"", expected a partition with its label"#
        ),
        ("1 2 3  Label: \"x\"\n", "cannot read cgpt table, line 1: type or UUID of partition 3 is missing"),
    ])
    func anythingElseIsRefused(text: String, message: String) {
        let error = #expect(throws: MalformedText.self) { try CgptTable(text) }
        #expect(error?.description == message)
    }
}
