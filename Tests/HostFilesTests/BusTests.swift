import Testing

@testable import HostFiles

/// Messages in the tests are as jeepney, another implementation of D-Bus, writes them.
@Suite struct BusTests {
    static let answers: [(bytes: String, values: [BusValue])] = [
        (
            """
            6c020101000000000900000029000000050175000700000007017300180000006f72672e667265656465736b746f702e\
            73797374656d64310000000000000000
            """,
            []
        ),
        (
            """
            6c0201010f0000000900000037000000050175000700000007017300180000006f72672e667265656465736b746f702e\
            73797374656d643100000000000000000801670001760000017300000600000061637469766500
            """,
            [.text("active")]
        ),
        (
            """
            6c020101080000000900000037000000050175000700000007017300180000006f72672e667265656465736b746f702e\
            73797374656d6431000000000000000008016700017600000162000001000000
            """,
            [.flag(true)]
        ),
        (
            """
            6c020101080000000900000037000000050175000700000007017300180000006f72672e667265656465736b746f702e\
            73797374656d6431000000000000000008016700017600000175000039300000
            """,
            [.number(12_345)]
        ),
        (
            """
            6c020101100000000900000037000000050175000700000007017300180000006f72672e667265656465736b746f702e\
            73797374656d6431000000000000000008016700017600000174000000000000ffffffffffffffff
            """,
            [.number(.max)]
        ),
        (
            """
            6c020101080000000900000037000000050175000700000007017300180000006f72672e667265656465736b746f702e\
            73797374656d64310000000000000000080167000176000001690000feffffff
            """,
            [.signed(-2)]
        ),
        (
            """
            6c020101260000000900000037000000050175000700000007017300180000006f72672e667265656465736b746f702e\
            73797374656d643100000000000000000801670001760000026173001e00000008000000612e74617267657400000000\
            0900000062632e74617267657400
            """,
            [.list([.text("a.target"), .text("bc.target")])]
        ),
        (
            """
            6c020101080000000900000037000000050175000700000007017300180000006f72672e667265656465736b746f702e\
            73797374656d6431000000000000000008016700017600000261730000000000
            """,
            [.list([])]
        ),
        (
            """
            6c0201011e0000000900000037000000050175000700000007017300180000006f72672e667265656465736b746f702e\
            73797374656d64310000000000000000080167000176000005612873732900000e00000000000000020000002f780000\
            010000007900
            """,
            [.list([.tuple([.text("/x"), .text("y")])])]
        ),
        (
            """
            6c02010111000000090000003a000000050175000700000007017300180000006f72672e667265656465736b746f702e\
            73797374656d6431000000000000000008016700046e71787900000000000000fbffffff000000000000000000ffffff\
            ff
            """,
            [.signed(-5), .number(65_535), .signed(-1 << 40), .number(255)]
        ),
        (
            """
            6c0201012b000000090000003b000000050175000700000007017300180000006f72672e667265656465736b746f702e\
            73797374656d643100000000000000000801670005617b73767d0000000000002300000000000000010000006b000179\
            0003000000000000040000006c6f6e6700016f00020000002f6100
            """,
            [.list([.tuple([.text("k"), .number(3)]), .tuple([.text("long"), .text("/a")])])]
        ),
        (
            """
            6c0201010d0000000900000037000000050175000700000007017300180000006f72672e667265656465736b746f702e\
            73797374656d64310000000000000000080167000176000001760001670005617b73767d00
            """,
            [.text("a{sv}")]
        ),
    ]

    @Test(arguments: answers) func anAnswerIsReadWithItsValues(bytes: String, values: [BusValue]) throws {
        let message = try BusMessage(Hex.bytes(bytes))
        #expect(message.answers == 7 && message.answer == .values(values))
    }

    /// The answer to a question for failed and starting units: a service, and a device that follows another one.
    static let list = """
        6c020101130100000900000043000000050175000700000007017300180000006f72672e667265656465736b746f702e\
        73797374656d64310000000000000000080167000d61287373737373736f75736f290000000000000b01000000000000\
        09000000612e73657276696365000000060000004120756e69740000060000006c6f616465640000060000006661696c\
        65640000060000006661696c6564000000000000000000002a0000002f6f72672f667265656465736b746f702f737973\
        74656d64312f756e69742f615f3265736572766963650000000000000000000000000000010000002f00000000000000\
        0c0000006465762d622e646576696365000000000100000042000000060000006c6f6164656400000a00000061637469\
        766174696e6700000900000074656e7461746976650000000c0000006465762d632e6465766963650000000002000000\
        2f7500000c000000050000007374617274000000020000002f6a00
        """
    static let error = """
        6c03010115000000090000006f000000040173002a0000006f72672e667265656465736b746f702e444275732e457272\
        6f722e556e6b6e6f776e50726f7065727479000000000000050175000700000007017300180000006f72672e66726565\
        6465736b746f702e73797374656d64310000000000000000080167000173000010000000556e6b6e6f776e2070726f70\
        6572747900
        """
    static let signal = """
        6c04010117000000090000007000000001016f00190000002f6f72672f667265656465736b746f702f73797374656d64\
        310000000000000002017300200000006f72672e667265656465736b746f702e73797374656d64312e4d616e61676572\
        00000000000000000301730007000000556e69744e6577000801670002736f0009000000612e73657276696365000000\
        020000002f6100
        """

    @Test func unitsAreReadFromTheirList() throws {
        let list = try SystemdInquiry.list(states: ["failed"]).value(of: [
            BusMessage(Hex.bytes(Self.list)).answer
        ])
        #expect(list.entries.map { "\($0.unit) \($0.active) \($0.sub)" } == ["a.service failed failed"])
    }

    @Test func anErrorIsNoValueAndASignalIsNoAnswer() throws {
        let error = try BusMessage(Hex.bytes(Self.error))
        #expect(error.answer == .refused("org.freedesktop.DBus.Error.UnknownProperty") && error.answers == 7)
        #expect(try BusMessage(Hex.bytes(Self.signal)).answers == nil)
    }

    @Test func callsAreWrittenAsSystemdReadsThem() throws {
        let calls = SystemdInquiry.services(["etcd2.service"]) { _ in ["LoadState"] }.calls
        #expect(
            calls.map { Hex.text($0.message(serial: 3)) } == [
                """
                6c0100013200000003000000a000000001016f002e0000002f6f72672f667265656465736b746f702f73797374656d64\
                312f756e69742f65746364325f3265736572766963650000020173001f0000006f72672e667265656465736b746f702e\
                444275732e50726f70657274696573000301730003000000476574000000000006017300180000006f72672e66726565\
                6465736b746f702e73797374656d6431000000000000000008016700027373001d0000006f72672e667265656465736b\
                746f702e73797374656d64312e556e6974000000090000004c6f6164537461746500
                """
            ])
        #expect(
            SystemdInquiry.list(states: ["failed", "auto-restart"]).calls.map {
                Hex.text($0.message(serial: 258))
            } == [
                """
                6c0100012100000002010000a800000001016f00190000002f6f72672f667265656465736b746f702f73797374656d64\
                310000000000000002017300200000006f72672e667265656465736b746f702e73797374656d64312e4d616e61676572\
                000000000000000003017300110000004c697374556e69747346696c7465726564000000000000000601730018000000\
                6f72672e667265656465736b746f702e73797374656d6431000000000000000008016700026173001d00000006000000\
                6661696c656400000c0000006175746f2d7265737461727400
                """
            ])
    }

    /// Letters and digits stand for themselves, but for a digit at the beginning.
    @Test(arguments: [
        ("etcd-member.service", "etcd_2dmember_2eservice"), ("1a@b.service", "_31a_40b_2eservice"),
        (#"a\x2d_é.service"#, "a_5cx2d_5f_c3_a9_2eservice"),
    ]) func aUnitHasAPath(unit: String, path: String) {
        #expect(SystemdBus.path(of: unit) == "/org/freedesktop/systemd1/unit/" + path)
    }

    // MARK: What is damaged

    static let messages = answers.map(\.bytes) + [list, error, signal]

    @Test(arguments: messages) func noPartOfAMessageIsTaken(text: String) throws {
        let bytes = Hex.bytes(text)
        for length in bytes.indices {
            let part = Array(bytes[..<length])
            #expect(throws: MalformedText.self) { try BusMessage(part) }
            #expect(try BusMessage.length(startingWith: part[...]) == (length < 16 ? nil : bytes.count))
        }
    }

    /// Either the message is refused or it says something else; no byte of it traps.
    @Test(arguments: messages) func noDamageTraps(text: String) {
        let bytes = Hex.bytes(text)
        var taken = 0
        for index in bytes.indices {
            for value: UInt8 in [0, 1, 2, 7, 16, 0x28, 0x61, 0x76, 0x7F, 0x80, 0xFF] {
                var damaged = bytes
                damaged[index] = value
                if (try? BusMessage(damaged)) != nil { taken += 1 }
            }
        }
        // Bytes that fill gaps mean nothing, so some are.
        #expect(taken > 0)
    }

    @Test(arguments: [
        "(", ")", "()", "a", "(s", "a{s", "d", "h", String(repeating: "a", count: 40) + "s", "s(",
    ])
    func aSignatureThatIsNoneIsRefused(signature: String) {
        #expect(throws: MalformedText.self) { try BusType.all(of: signature) }
    }

    @Test func aMessageThatIsTooLongIsNotWaitedFor() {
        let head: [UInt8] = [
            UInt8(ascii: "l"), 2, 1, 1, 0xFF, 0xFF, 0xFF, 0xFF, 9, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF,
        ]
        #expect(throws: MalformedText.self) { try BusMessage.length(startingWith: head[...]) }
    }

    /// Answers that are not to be relied on: too few, refused, of another kind, and without a state.
    @Test(
        arguments: [
            [], [.values([.text("active")])],
            [.refused("org.freedesktop.DBus.Error.AccessDenied"), .values([.text("a")])],
            [.values([.text("active")]), .values([])], [.values([.tuple([])]), .values([.text("a")])],
            [.values([.text("")]), .values([.text("loaded")])],
            [.values([.number(7)]), .values([.text("loaded")])],
            [.refused("org.freedesktop.DBus.Error.UnknownProperty"), .values([.text("loaded")])],
        ] as [[BusAnswer]])
    func whatIsNoStateIsRefused(answers: [BusAnswer]) {
        let inquiry = SystemdInquiry.services(["a.service"]) { _ in ["ActiveState", "LoadState"] }
        #expect(throws: MalformedText.self) { try inquiry.value(of: answers[...]) }
    }

    @Test func aPropertyThatIsNotKnownIsLeftOut() throws {
        let inquiry = SystemdInquiry.services(["a.service", "b.service"]) { _ in ["ActiveState", "WantedBy"] }
            .and(.systemState)
        let (states, system) = try inquiry.value(
            of: [
                .values([.text("active")]), .values([.list([.text("a.target"), .text("b.target")])]),
                .values([.text("failed")]), .refused("org.freedesktop.DBus.Error.UnknownProperty"),
                .values([.text("degraded")]),
            ])
        #expect(states["a.service"]?["WantedBy"] == "a.target b.target")
        #expect(states["b.service"]?.isFailed == true && states["b.service"]?["WantedBy"] == nil)
        #expect(system == "degraded")
    }
}

/// Bytes as two hexadecimal digits each.
private enum Hex {
    static func bytes(_ text: String) -> [UInt8] {
        var digits = Array(text)[...]
        var bytes: [UInt8] = []
        while digits.count > 1 {
            if let byte = UInt8(String(digits.prefix(2)), radix: 16) { bytes.append(byte) }
            digits = digits.dropFirst(2)
        }
        return bytes
    }

    static func text(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
