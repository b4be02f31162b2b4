import HostFiles
import HostileText
import Testing

@Suite struct UpdateConfigurationTests {
    typealias Reading = (text: String, coreOS: String?, flatcar: String?)

    /// Lookups of GROUP by the two engines (facts 2).
    static let readings: [Reading] = [
        ("GROUP=stable\n", "stable", "stable"),
        ("GROUP=stable", "stable", "stable"),
        ("GROUP=stable\nGROUP=beta\n", "beta", "beta"),
        ("GROUP=\n", "", ""),
        ("GROUP=\"stable\"\n", "\"stable\"", "stable"),
        ("GROUP='stable'\n", "'stable'", "stable"),
        ("GROUP=\"stable'\n", "\"stable'", "\"stable'"),
        ("GROUP=\"\n", "\"", "\""),
        ("GROUP=\"\"\n", "\"\"", ""),
        ("GROUP=stable # why\n", "stable # why", "stable # why"),
        ("GROUP=stable \n", "stable ", "stable "),
        ("GROUP=stable\r\n", "stable\r", "stable\r"),
        ("GROUP=\"stable\"\r\n", "\"stable\"\r", "\"stable\"\r"),
        ("GROUP=a=b\n", "a=b", "a=b"),
        ("#GROUP=stable\n", nil, nil),
        (" GROUP=stable\n", nil, nil),
        ("export GROUP=stable\n", nil, nil),
        ("GROUP =stable\n", nil, nil),
        ("group=stable\n", nil, nil),
        ("GROUPS=stable\n", nil, nil),
        ("GROUP\n", nil, nil),
        ("", nil, nil),
    ]

    @Test(arguments: readings) func readsAsTheEngineDoes(reading: Reading) throws {
        let file = try UpdateConfiguration(reading.text)
        #expect(file.value(for: .group, readBy: .coreOS) == reading.coreOS)
        #expect(file.value(for: .group, readBy: .flatcar) == reading.flatcar)
    }

    @Test(arguments: [
        ("", "GROUP=beta\n"),
        ("\n", "\nGROUP=beta\n"),
        ("GROUP=stable\n", "GROUP=beta\n"),
        ("GROUP=stable", "GROUP=beta"),
        ("GROUP=beta\n", "GROUP=beta\n"),
        ("SERVER=x\nREBOOT_STRATEGY=off\n", "SERVER=x\nREBOOT_STRATEGY=off\nGROUP=beta\n"),
        ("REBOOT_STRATEGY=off", "REBOOT_STRATEGY=off\nGROUP=beta"),
        ("# hi\n\nGROUP=stable\n\nREBOOT_STRATEGY=off\n", "# hi\n\nGROUP=beta\n\nREBOOT_STRATEGY=off\n"),
        ("GROUP=a\nX=1\nGROUP=b\nY=2\n", "GROUP=a\nX=1\nGROUP=beta\nY=2\n"),
        ("GROUP=\nGROUPS=x\n", "GROUP=beta\nGROUPS=x\n"),
        ("#GROUP=stable\n", "#GROUP=stable\nGROUP=beta\n"),
        ("X=1\r\nGROUP=stable\r\n", "X=1\r\nGROUP=beta\n"),
        ("GROUP=\"stable\"\n", "GROUP=beta\n"),
    ])
    func changesOneLineAndNothingElse(before: String, after: String) throws {
        let changed = try UpdateConfiguration(before).setting(.group, to: "beta")
        #expect(String(decoding: changed.bytes, as: UTF8.self) == after)
        #expect(try changed.setting(.group, to: "beta") == changed)
    }

    @Test func bytesThatAreNoTextStay() throws {
        let strange: [UInt8] = [0xff, 0x00, 0x0a] + Array("GROUP=x".utf8) + [0x0a, 0xfe]
        let changed = try UpdateConfiguration(bytes: strange).setting(.group, to: "y")
        #expect(changed.bytes == [0xff, 0x00, 0x0a] + Array("GROUP=y".utf8) + [0x0a, 0xfe])
    }

    @Test(arguments: ["a\nSERVER=evil", "a\r", "a\0", "a b", " a", "\"a\"", "it's", "a\\b", "é", "\t"])
    func aValueReadTwoWaysIsRefused(value: String) throws {
        let file = try UpdateConfiguration("GROUP=stable\n")
        #expect(throws: UpdateConfigurationError.valueUnsuitable(key: .group, value: value)) {
            try file.setting(.group, to: value)
        }
    }

    @Test func theRefusalSaysWhatIsAllowed() throws {
        let error = #expect(throws: UpdateConfigurationError.self) {
            try UpdateConfiguration("").setting(.server, to: "a\nb")
        }
        #expect(
            error?.description
                == #"cannot set SERVER in update.conf to "a\nb": blanks, quotes, backslashes, control and non-ASCII "#
                + "characters are not allowed")
    }

    @Test func aFileWithoutEndIsRefused() {
        #expect(throws: MalformedText.self) {
            try UpdateConfiguration(bytes: [UInt8](repeating: 10, count: 65_537))
        }
    }

    /// Files made of lines that matter, lines that nearly do and noise; whichever comes, one line changes.
    @Test(arguments: 0..<400 as Range<UInt64>) func everyFileKeepsItsOtherBytes(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let file = try UpdateConfiguration(bytes: GeneratedFile.bytes(using: &random))
        for key in UpdateConfiguration.Key.allCases {
            let value = GeneratedFile.values.randomElement(using: &random) ?? ""
            let changed = try file.setting(key, to: value)
            #expect(changed.value(for: key, readBy: .coreOS) == value)
            #expect(changed.value(for: key, readBy: .flatcar) == value)
            #expect(try changed.setting(key, to: value) == changed)
            for other in UpdateConfiguration.Key.allCases where other != key {
                #expect(
                    changed.value(for: other, readBy: .coreOS) == file.value(for: other, readBy: .coreOS))
            }
            let lines = (before: GeneratedFile.lines(file.bytes), after: GeneratedFile.lines(changed.bytes))
            if file.value(for: key, readBy: .coreOS) == nil {
                #expect(Array(changed.bytes.prefix(file.bytes.count)) == file.bytes)
                #expect((changed.bytes.last == 10) == (file.bytes.last ?? 10 == 10))
            } else {
                #expect(lines.before.count == lines.after.count)
                #expect(zip(lines.before, lines.after).count { $0 != $1 } <= 1)
            }
        }
    }
}

private enum GeneratedFile {
    static let values = ["", "stable", "beta", "https://update.example/v1/?a=1&b=2", "off", "#", "="]

    private static let pieces = [
        "GROUP=stable", "GROUP=", "GROUP=\"beta\"", " GROUP=x", "#GROUP=y", "GROUP", "SERVER=https://a/",
        "SERVER=disabled",
        "REBOOT_STRATEGY=off", "export GROUP=z", "", "", "# words = more", "GROUP=stable\r",
        "\u{FEFF}GROUP=q", "=", "é",
    ]

    static func bytes(using random: inout SeededGenerator) -> [UInt8] {
        let count = Int.random(in: 0...12, using: &random)
        var bytes = (0..<count).flatMap { _ in
            Array((pieces.randomElement(using: &random) ?? "").utf8) + [UInt8(10)]
        }
        if Bool.random(using: &random), !bytes.isEmpty { bytes.removeLast() }
        if Int.random(in: 0..<8, using: &random) == 0 {
            bytes.insert(UInt8.random(in: 128...255, using: &random), at: 0)
        }
        return bytes
    }

    static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        bytes.split(separator: 10, omittingEmptySubsequences: false)
    }
}
