import HostFiles
import Testing

@testable import PracticeHost

@Suite struct CgptFrontTests {
    /// As Debian's cgpt prints a disk of CoreOS's layout.
    static let debian = """
               start        size    part  contents
                   0           1          PMBR
                   1           1          Pri GPT header
                   2          32          Pri GPT table
                4096      131072       1  Label: "EFI-SYSTEM"
                                          Type: EFI System Partition
                                          UUID: 849B2612-B659-444A-98D9-C9A4DCB616D9
              135168        4096       2  Label: "BIOS-BOOT"
                                          Type: 21686148-6449-6E6F-744E-656564454649
                                          UUID: 32B08208-418C-0D43-B50F-E9AFE149CB64
              139264      614400       3  Label: "USR-A"
                                          Type: 5DFBF5F4-2848-4BAC-AA5E-0D9A20B745A6
                                          UUID: 7130C94A-213A-4E5A-8E26-6CCE9662F132
              753664      614400       4  Label: "USR-B"
                                          Type: 5DFBF5F4-2848-4BAC-AA5E-0D9A20B745A6
                                          UUID: E03DD35C-7C2D-4A47-B3FE-27F15780A57C
             1368064       65536       6  Label: "OEM"
                                          Type: Linux data
                                          UUID: B28C1212-8257-6349-B5BF-8DC821C69A1B
             1433600       65536       9  Label: "ROOT"
                                          Type: 3884DD41-8582-4404-B9A8-E9B84F2DF50E
                                          UUID: 3067CB7A-3FFA-424F-B570-461EFE02A13D
             1556447          32          Sec GPT table
             1556479           1          Sec GPT header

        """

    /// captures/host-07-update, staged; but for the boot code that its PMBR line names.
    static let coreOS = """
               start        size    part  contents
                   0           1          PMBR
                   1           1          Pri GPT header
                   2          32          Pri GPT table
                4096      131072       1  Label: "EFI-SYSTEM"
                                          Type: EFI System Partition
                                          UUID: 849B2612-B659-444A-98D9-C9A4DCB616D9
              135168        4096       2  Label: "BIOS-BOOT"
                                          Type: BIOS Boot Partition
                                          UUID: 32B08208-418C-0D43-B50F-E9AFE149CB64
              139264      614400       3  Label: "USR-A"
                                          Type: Alias for coreos-rootfs
                                          UUID: 7130C94A-213A-4E5A-8E26-6CCE9662F132
                                          Attr: priority=1 tries=0 successful=1
              753664      614400       4  Label: "USR-B"
                                          Type: Alias for coreos-rootfs
                                          UUID: E03DD35C-7C2D-4A47-B3FE-27F15780A57C
                                          Attr: priority=2 tries=1 successful=0
             1368064       65536       6  Label: "OEM"
                                          Type: Alias for linux-data
                                          UUID: B28C1212-8257-6349-B5BF-8DC821C69A1B
             1433600       65536       9  Label: "ROOT"
                                          Type: CoreOS auto-resize
                                          UUID: 3067CB7A-3FFA-424F-B570-461EFE02A13D
             1556447          32          Sec GPT table
             1556479           1          Sec GPT header

        """

    @Test func showsWhatCoreOSShows() {
        #expect(CgptTable.usrNumbers(in: Self.debian) == [3, 4])
        let table = CgptTable.asOnCoreOS(
            Self.debian, attributes: [3: .init(slashed: "1/0/1"), 4: .init(slashed: "2/1/0")])
        #expect(table == Self.coreOS)
    }

    @Test func whatItShowsIsReadByTheAgentsReader() throws {
        let table = try CgptTable(Self.coreOS)

        #expect(table.usrPartitions.map(\.number) == [3, 4])
        #expect(table.usrPartitions.map(\.attributes) == [.init(slashed: "1/0/1"), .init(slashed: "2/1/0")])
    }

    @Test(arguments: [
        (["find", "-t", "coreos-usr"], ["find", "-t", PartitionType.usr.rawValue]),
        (["find", "-tcoreos-rootfs", "/dev/sda"], ["find", "-t\(PartitionType.usr.rawValue)", "/dev/sda"]),
        (["find", "-l", "coreos-usr"], ["find", "-l", "coreos-usr"]),
        (["add", "-i", "3", "-S1", "/dev/sda"], ["add", "-i", "3", "-S1", "/dev/sda"]),
    ])
    func spellsTypesOut(given: [String], expected: [String]) {
        #expect(CgptArguments.withTypesSpelledOut(given) == expected)
    }

    @Test(
        arguments: [
            ("p", "prioritize"), ("prioritize", "prioritize"), ("s", "show"), ("f", "find"), ("bogus", nil),
        ] as [(String, String?)])
    func takesShortenedSubcommands(word: String, expected: String?) {
        #expect(CgptArguments.subcommand(word) == expected)
    }

    @Test(arguments: [
        (["show", "/dev/sda"], true), (["show", "-i", "4", "/dev/sda"], true),
        (["show", "-i4", "/dev/sda"], true),
        (["show", "-i", "3", "-S", "/dev/sda"], false), (["show", "-v", "/dev/sda"], false),
        (["show", "-n", "/dev/sda"], false),
    ])
    func tellsTablesFromBareValues(arguments: [String], isTable: Bool) {
        #expect(CgptArguments.printsTable(arguments) == isTable)
    }

    @Test(
        arguments: [
            (["/dev/sda4"], "/dev/sda4", nil), (["-i", "4", "/dev/sda"], "/dev/sda4", nil),
            (["-i3", "/dev/loop0"], "/dev/loop0p3", nil), (["-P", "3", "-i4", "/dev/sda"], "/dev/sda4", 3),
            (["-f", "/dev/loop7p4"], "/dev/loop7p4", nil),
        ] as [([String], String, Int?)])
    func readsPrioritize(arguments: [String], device: String, highest: Int?) throws {
        let request = try CgptArguments.Prioritize(arguments)

        #expect(request.partition == (try PartitionDevice(path: device)))
        #expect(request.highest == highest)
    }
}
