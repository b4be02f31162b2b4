import HostFiles
import Testing

@Suite struct OddSettingTests {
    static func odd(
        _ text: String, _ distribution: Distribution = .coreOS, _ version: String = "1353.8.0"
    ) throws -> [OddSetting] {
        let path = distribution.updateConfigurationSearchPaths[0]
        return UpdateSettings(
            distribution: distribution, version: ReleaseVersion(version),
            files: [path: try UpdateConfiguration(text)]
        ).oddLines
    }

    struct Case: Sendable {
        var text: String
        var value: String
        var line: Int
        var meant = "stable"
        var distribution = Distribution.coreOS
        var version = "1353.8.0"
    }

    @Test(arguments: [
        Case(text: "GROUP=stable\r\nREBOOT_STRATEGY=off\r", value: "stable\r", line: 1),
        Case(text: "A=b\n\nGROUP=\"stable\"\n", value: "\"stable\"", line: 3),
        Case(text: "GROUP='stable'", value: "'stable'", line: 1),
        Case(text: "GROUP=stable \n", value: "stable ", line: 1),
        Case(text: "GROUP= stable", value: " stable", line: 1),
        Case(text: "GROUP=stable # as ever", value: "stable # as ever", line: 1),
        Case(text: "GROUP=beta\nGROUP=stable\t", value: "stable\t", line: 2),
        Case(text: "GROUP=\n", value: "", line: 1, meant: ""),
        Case(text: "GROUP=st\u{e4}ble", value: "st\u{e4}ble", line: 1, meant: ""),
        // Another key to the engine: what is in force is its own default.
        Case(text: " GROUP=beta\n", value: "stable", line: 1, meant: "beta"),
        Case(text: "export GROUP=beta", value: "stable", line: 1, meant: "beta"),
        Case(text: "\u{FEFF}GROUP=beta", value: "stable", line: 1, meant: "beta"),
        Case(text: "GROUP =beta", value: "stable", line: 1, meant: "beta"),
        // Flatcar's engine takes a matching pair away, since it was taught to.
        Case(
            text: "GROUP=\"stable\"", value: "\"stable\"", line: 1, distribution: .flatcar,
            version: "3033.2.0"),
        Case(
            text: "GROUP=\"stable\"\r", value: "\"stable\"\r", line: 1, distribution: .flatcar,
            version: "4230.2.0"),
        Case(
            text: "GROUP=\"stable'", value: "\"stable'", line: 1, meant: "", distribution: .flatcar,
            version: "4230.2.0"),
    ])
    func isNamed(_ example: Case) throws {
        let found = try Self.odd(example.text, example.distribution, example.version)
        #expect(found.count == 1)
        let line = try #require(found.first)
        #expect(
            (line.key, line.value, line.line, line.meant)
                == ("GROUP", example.value, example.line, example.meant))
    }

    @Test(arguments: [
        ("GROUP=stable\nSERVER=https://own.example/v1/\n", Distribution.coreOS, "1353.8.0"),
        ("# GROUP=\"beta\"\nGROUP=stable", .coreOS, "1353.8.0"), ("", .coreOS, "1353.8.0"),
        ("GROUP=\"beta\"\nGROUP=stable\n", .coreOS, "1353.8.0"),
        ("GROUP=\"stable\"\nSERVER='https://own.example/'", .flatcar, "4230.2.0"),
        ("REBOOT_STRATEGY=\"off\" \nGROUP=lts-2023\n", .coreOS, "1353.8.0"),
    ])
    func isFine(text: String, distribution: Distribution, version: String) throws {
        #expect(try Self.odd(text, distribution, version).isEmpty)
    }

    @Test func aFileFromAnotherSystemIsEditedByteForByte() throws {
        let bytes = try Fixture.crlfUpdateConfiguration.bytes()
        let file = try UpdateConfiguration(bytes: bytes)
        #expect(file.value(for: .group, readBy: .coreOS) == "stable\r")
        let odd = try Self.odd(String(decoding: bytes, as: UTF8.self))
        #expect(odd.contains { $0.key == "GROUP" && $0.value == "stable\r" && $0.meant == "stable" })
        let edited = try file.setting(.group, to: "beta")
        let before = String(decoding: bytes, as: UTF8.self).unicodeScalars
        let expected = String(String.UnicodeScalarView(before)).replacingScalars(
            "GROUP=stable\r", "GROUP=beta")
        #expect(edited.bytes == Array(expected.utf8))
        // And back again, with the line as it was.
        #expect(edited.replacingLine(of: .group, with: file.line(of: .group) ?? []).bytes == bytes)
    }
}

extension String {
    /// CR and LF are one character to Swift.
    fileprivate func replacingScalars(_ old: String, _ new: String) -> String {
        let bytes = Array(utf8)
        let (old, new) = (Array(old.utf8), Array(new.utf8))
        for start in bytes.indices where bytes[start...].starts(with: old) {
            return String(decoding: bytes[..<start] + new + bytes[(start + old.count)...], as: UTF8.self)
        }
        return self
    }
}

@Suite struct CgptWarningTests {
    static let warning = "WARNING: one of the GPT header/entries is invalid"
    static let table = """
               start        size    part  contents
              139264      614400       3  Label: "USR-A"
                                          Type: Alias for coreos-rootfs
                                          UUID: 7130C94A-213A-4E5A-8E26-6CCE9662F132
                                          Attr: priority=1 tries=0 successful=1
        """

    @Test func whatStandsBesideTheAnswerIsHeard() throws {
        let table = try CgptTable(Self.table)
        #expect(CgptWarning.of(errors: "", table: table) == nil)
        #expect(CgptWarning.of(errors: "\n\(Self.warning)\n\n", table: table) == Self.warning)
    }

    @Test func rowsThatCgptCallsInvalidAreHeard() throws {
        let table = try CgptTable("1  1  INVALID  Sec GPT header\n" + Self.table)
        #expect(CgptWarning.of(errors: "", table: table) == "INVALID: Sec GPT header")
    }

    @Test("both streams in one", arguments: ["\n\(warning)\n\(table)", "\(table)\n\n\(warning)\n"])
    func isParted(text: String) throws {
        let (table, errors) = CgptWarning.parted(text)
        #expect(try CgptTable(table) == CgptTable(Self.table))
        #expect(errors == Self.warning)
    }
}
