import Testing

@testable import SSH

@Suite struct KnownHostsTests {
    static func key(_ seed: UInt8, type: String = "ssh-ed25519") -> HostKey {
        var writer = WireWriter()
        writer.string(Array(type.utf8))
        writer.string([UInt8](repeating: seed, count: 32))
        return HostKey(blob: writer.bytes) ?? key(seed)
    }

    static let a = key(1)
    static let b = key(2)
    static let ecdsa = key(3, type: "ecdsa-sha2-nistp256")

    static func target(_ name: String, port: UInt16 = 22, alias: String? = nil) -> SSHTarget {
        SSHTarget(name: name, host: "192.0.2.1", port: port, user: "core", hostKeyAlias: alias)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var lines: [String]
        var target: SSHTarget
        var key: HostKey
        var verdict: KnownHosts.Verdict
        var testDescription: String { "\(lines) \(target)" }

        init(_ lines: String..., target: SSHTarget, key: HostKey = a, _ verdict: KnownHosts.Verdict) {
            self.lines = lines
            self.target = target
            self.key = key
            self.verdict = verdict
        }
    }

    static func line(_ number: Int) -> KnownHostsLine { .init(file: "kh", number: number) }

    static let cases: [Case] = [
        Case("core-1 \(a)", target: target("core-1"), .trusted),
        Case("core-1 \(a) a comment here", target: target("core-1"), .trusted),
        Case("core-1\t\(a)", target: target("CORE-1"), .trusted),
        Case("Core-1 \(a)", target: target("core-1"), .trusted),
        Case("# nothing", "", "core-1 \(a)", target: target("core-1"), .trusted),
        Case("core-2 \(a)", target: target("core-1"), .unknown(known: [])),
        Case("core-1 \(b)", target: target("core-1"), .changed([line(1)])),
        Case("core-1 \(ecdsa)", target: target("core-1"), .unknown(known: ["ecdsa-sha2-nistp256"])),
        // Several keys of one host, and several hosts of one key.
        Case("core-1 \(ecdsa)", "core-1 \(b)", "core-1 \(a)", target: target("core-1"), .trusted),
        Case("core-1 \(ecdsa)", "core-1 \(b)", target: target("core-1"), .changed([line(2)])),
        Case("core-0,core-1,192.0.2.1 \(a)", target: target("core-1"), .trusted),
        // The address of the connection is not looked up.
        Case("192.0.2.1 \(a)", target: target("core-1"), .unknown(known: [])),
        // Ports.
        Case("[core-1]:2222 \(a)", target: target("core-1", port: 2222), .trusted),
        Case("[core-1]:2222 \(a)", target: target("core-1"), .unknown(known: [])),
        Case("[core-1]:2222 \(a)", target: target("core-1", port: 2223), .unknown(known: [])),
        Case("core-1 \(a)", target: target("core-1", port: 2222), .trusted),
        Case("core-1 \(b)", target: target("core-1", port: 2222), .unknown(known: [])),
        // The name without its port is used only where no line has the name with it.
        Case("[core-1]:2222 \(b)", "core-1 \(a)", target: target("core-1", port: 2222), .changed([line(1)])),
        Case(
            "[core-1]:2222 \(ecdsa)", "core-1 \(a)", target: target("core-1", port: 2222),
            .unknown(known: ["ecdsa-sha2-nistp256"])),
        Case(
            "@cert-authority [core-1]:2222 \(b)", "core-1 \(a)", target: target("core-1", port: 2222),
            .trusted),
        Case("[core-1]:2222 \(a)", "core-1 \(b)", target: target("core-1", port: 2222), .trusted),
        Case("[core-1]:2222 \(a)", "@revoked core-1 \(a)", target: target("core-1", port: 2222), .trusted),
        Case(
            "@revoked [core-1]:2222 \(a)", "core-1 \(a)", target: target("core-1", port: 2222),
            .revoked(line(1))),
        Case("[core-1]:2222 \(b)", target: target("core-1", port: 2222), .changed([line(1)])),
        Case("[*]:2222 \(a)", target: target("core-1", port: 2222), .trusted),
        // An alias is looked up as it is.
        Case("cluster \(a)", target: target("core-1", port: 2222, alias: "cluster"), .trusted),
        Case("core-1 \(a)", target: target("core-1", alias: "cluster"), .unknown(known: [])),
        // Wildcards and negations.
        Case("core-* \(a)", target: target("core-17"), .trusted),
        Case("core-? \(a)", target: target("core-17"), .unknown(known: [])),
        Case("core-?? \(a)", target: target("core-17"), .trusted),
        Case("*.example.com,!db.example.com \(a)", target: target("core.example.com"), .trusted),
        Case("*.example.com,!db.example.com \(a)", target: target("db.example.com"), .unknown(known: [])),
        Case("!db.example.com,*.example.com \(a)", target: target("db.example.com"), .unknown(known: [])),
        Case("!db.example.com \(a)", target: target("core.example.com"), .unknown(known: [])),
        Case(
            "*a*a*a*b \(a)", target: target("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac"),
            .unknown(known: [])),
        // Hashed: made by `ssh-keygen -H` for "core-1" and "[core-1]:2222".
        Case("\(hashed("core-1")) \(a)", target: target("core-1"), .trusted),
        Case("\(hashed("core-1")) \(a)", target: target("core-2"), .unknown(known: [])),
        Case("\(hashed("[core-1]:2222")) \(b)", target: target("core-1", port: 2222), .changed([line(1)])),
        // Markers.
        Case("@revoked core-1 \(a)", "core-1 \(a)", target: target("core-1"), .revoked(line(1))),
        Case("core-1 \(a)", "@revoked * \(a)", target: target("core-1"), .revoked(line(2))),
        Case("@revoked core-1 \(b)", "core-1 \(a)", target: target("core-1"), .trusted),
        Case("@revoked core-1 \(b)", target: target("core-1"), .unknown(known: [])),
        Case("@revoked core-1 \(a)", target: target("core-1", port: 2222), .revoked(line(1))),
        Case("@cert-authority * \(a)", target: target("core-1"), .unknown(known: [])),
        // ssh ignores a line with an unknown marker.
        Case("@revoke core-1 \(a)", target: target("core-1"), .unknown(known: [])),
        // A line ends at LF alone; a CR at its end is ignored, and a CR within it separates nothing.
        Case("core-1 \(a)\r", target: target("core-1"), .trusted),
        Case("@revoked core-1 \(a)\r", "core-1 \(a)\r", target: target("core-1"), .revoked(line(1))),
        Case("# by\rcore-1 \(a)", target: target("core-1"), .unknown(known: [])),
        Case("# by\u{85}core-1 \(a)", target: target("core-1"), .unknown(known: [])),
        Case("# by\u{2028}core-1 \(a)", target: target("core-1"), .unknown(known: [])),
        Case("# by\u{B}core-1 \(a)\u{C}core-1 \(a)", target: target("core-1"), .unknown(known: [])),
        Case("core-1 \(b) by\u{2029}core-1 \(a)", target: target("core-1"), .changed([line(1)])),
        // A Kelvin sign is not the letter k.
        Case("\u{212A}ore-1 \(a)", target: target("kore-1"), .unknown(known: [])),
        // Lines that cannot be read vouch for no host.
        Case("core-1 ssh-ed25519", target: target("core-1"), .unknown(known: [])),
        Case(
            "core-1 ecdsa-sha2-nistp256 \(Base64.encode(a.blob))", target: target("core-1"),
            .unknown(known: [])),
        Case("core-1 ssh-ed25519 not*base64", target: target("core-1"), .unknown(known: [])),
        Case("core-1 \(a)", "@revoked core-1 ssh-ed25519 !!!!", target: target("core-1"), .trusted),
    ]

    /// Hosts at 192.0.2.1, an address that known_hosts also has lines about.
    static let addressed: [Case] = [
        Case("core-1 \(a)", target: target("core-1"), .trusted),
        Case("core-1,192.0.2.1 \(a)", target: target("core-1"), .trusted),
        Case("core-1 \(a)", "192.0.2.1 \(b)", target: target("core-1"), .changed([line(2)])),
        Case("core-1 \(a)", "192.0.2.1 \(ecdsa)", target: target("core-1"), .changed([line(2)])),
        Case("192.0.2.1 \(b)", target: target("core-1"), .changed([line(1)])),
        Case("core-1 \(a)", "192.0.2.1 \(b)", target: target("core-1", port: 2222), .changed([line(2)])),
        Case("[core-1]:2222 \(a)", "192.0.2.1 \(b)", target: target("core-1", port: 2222), .trusted),
        Case(
            "[core-1]:2222 \(a)", "[192.0.2.1]:2222 \(b)", target: target("core-1", port: 2222),
            .changed([line(2)])),
        Case(
            "core-1 \(a)", "[192.0.2.1]:2222 \(b)", target: target("core-1", port: 2222), .changed([line(2)])),
        Case("core-1 \(a)", "192.0.2.1 \(b)", target: target("core-1", alias: "core-1"), .changed([line(2)])),
        Case("core-1 \(b)", "192.0.2.1 \(a)", target: target("core-1"), .changed([line(1)])),
    ]

    @Test(arguments: addressed) func anAddressIsJudgedBesidesItsName(_ each: Case) {
        var knownHosts = KnownHosts()
        knownHosts.add(each.lines.joined(separator: "\n"), file: "kh")
        #expect(knownHosts.verdict(on: each.key, for: each.target, address: "192.0.2.1") == each.verdict)
    }

    static func hashed(_ name: String) -> String {
        let salt = Array("0123456789abcdefghij".utf8)
        return
            "|1|\(Base64.encode(salt))|\(Base64.encode(HMACSHA1(key: salt).code(for: Array(name.utf8)).bytes))"
    }

    @Test(arguments: cases) func aKeyIsJudgedAsOpenSSHJudgesIt(_ each: Case) {
        var knownHosts = KnownHosts()
        knownHosts.add(each.lines.joined(separator: "\n"), file: "kh")
        #expect(knownHosts.verdict(on: each.key, for: each.target) == each.verdict)
    }

    @Test func theTypesAskedForAreThoseThatAreKnown() {
        var knownHosts = KnownHosts()
        knownHosts.add("core-1 \(Self.ecdsa)\n@revoked core-1 \(Self.b)\n", file: "kh")
        #expect(knownHosts.keyTypes(for: Self.target("core-1")) == ["ecdsa-sha2-nistp256"])
        #expect(knownHosts.keyTypes(for: Self.target("core-1", port: 2222)) == ["ecdsa-sha2-nistp256"])
        #expect(knownHosts.keyTypes(for: Self.target("core-2")) == [])
        knownHosts.add("core-1 \(Self.a)\n@revoked * \(Self.a)\n", file: "more")
        #expect(knownHosts.keyTypes(for: Self.target("core-1")) == ["ecdsa-sha2-nistp256"])
    }

    @Test func linesThatSayNothingAreRemembered() {
        var knownHosts = KnownHosts()
        knownHosts.add("core-1\n# remark\ncore-2 \(Self.a)\n@revoked core-1 ssh-ed25519\n", file: "kh")
        #expect(knownHosts.ignoredLines == [Self.line(1), Self.line(4)])
    }

    /// 100,000 hashed lines: each is tried once for a name, however often that name is looked up.
    @Test func aHashedLineIsTriedOnceForEachName() {
        let key = "\(Self.a)"
        let code = Base64.encode([UInt8](repeating: 7, count: 20))
        var lines = (0..<100_000).map { number in
            "|1|\(Base64.encode(Array("salt\(number)".utf8)))|\(code) \(key)"
        }
        lines[50_000] = "\(Self.hashed("core-1")) \(key)"
        lines[70_000] = "\(Self.hashed("core-2")) \(key)"
        var knownHosts = KnownHosts()
        knownHosts.add(lines.joined(separator: "\n"), file: "kh")
        let names = [Array("core-1".utf8)]
        #expect(!knownHosts.isQuick(names))
        let copy = knownHosts
        for _ in 0..<10 {
            for target in ["core-1", "core-2", "core-3"].map({ Self.target($0) }) {
                #expect(copy.keyTypes(for: target).isEmpty == (target.name == "core-3"))
                #expect(
                    (knownHosts.verdict(on: Self.a, for: target) == .trusted) == (target.name != "core-3"))
            }
        }
        #expect(knownHosts.isQuick(names))
        // Two of the lines have the same salt.
        #expect(knownHosts.triedHashes == 3 * 99_999)
    }

    @Test func openSSHsOwnHashesAreUnderstood() async throws {
        try await Scratch.with { scratch in
            try scratch.write("core-1 \(Self.a)\n[core-2]:2222 \(Self.b)\n", to: "kh")
            try await Tool.run("/usr/bin/ssh-keygen", "-q", "-H", "-f", scratch.file("kh"))
            #expect(try scratch.text("kh").contains("core-1") == false)
            let knownHosts = try KnownHosts.load(files: [scratch.file("kh")])
            #expect(knownHosts.verdict(on: Self.a, for: Self.target("core-1")) == .trusted)
            #expect(knownHosts.verdict(on: Self.b, for: Self.target("core-2", port: 2222)) == .trusted)
            #expect(knownHosts.verdict(on: Self.b, for: Self.target("core-3")) == .unknown(known: []))
        }
    }

    @Test func filesMayBeMissingButOneIsNamed() async throws {
        try await Scratch.with { scratch in
            try scratch.write("core-1 \(Self.a)\n", to: "kh")
            let missing = scratch.file("none")
            let knownHosts = try KnownHosts.load(files: [missing, scratch.file("kh")])
            #expect(knownHosts.files == [scratch.file("kh")])
            let none = try KnownHosts.load(files: [missing])
            #expect(none.files.isEmpty && none.missing == [missing])
            #expect(none.verdict(on: Self.a, for: Self.target("core-1")) == .unknown(known: []))
            let error = #expect(throws: SSHError.self) { try KnownHosts.load(files: []) }
            #expect(error?.reason == .knownHostsMissing([], offered: nil))
            #expect("\(error.map(String.init(describing:)) ?? "")".contains("--accept-new"))
            let besides = try KnownHosts.load(files: [
                scratch.path, scratch.file("kh"), scratch.file("kh/no"),
            ])
            #expect(besides.files == [scratch.file("kh")])
            let unreadable = #expect(throws: SSHError.self) { try KnownHosts.load(files: [scratch.path]) }
            #expect(unreadable?.reason == .knownHostsUnreadable(scratch.path, why: "Is a directory"))
        }
    }
}

@Suite struct EncodingTests {
    /// FIPS 180 examples, and lengths around the block's end (from sha1sum).
    @Test(arguments: [
        ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"), ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
        ),
        (String(repeating: "a", count: 1_000_00 * 10), "34aa973cd4c4daa4f61eeb2bdbad27316534016f"),
    ]) func sha1IsThatOfTheStandard(text: String, digest: String) {
        let bytes = SHA1Digest(of: Array(text.utf8)).bytes
        #expect(bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == digest)
    }

    @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
    func base64IsThatOfTheStandard(text: String, encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
        #expect(Base64.decode(encoded.utf8) == Array(text.utf8))
    }

    @Test(arguments: ["Zg=", "Zg", "Zg===", "Z===", "Zm9v!", "Zm=v", "Zm9v Zm9v"]) func anythingElseIsNot(
        text: String
    ) {
        #expect(Base64.decode(text.utf8) == nil)
    }

    @Test func timersComeInOrder() {
        var heap = TimerHeap()
        let start = ContinuousClock.now
        for offset in [5, 3, 9, 1, 7, 2, 8, 0, 6, 4] {
            heap.insert(.init(deadline: start + .seconds(offset), token: UInt64(offset)))
        }
        #expect((0..<10).map { _ in heap.removeFirst().token } == Array(0..<10))
        #expect(heap.first == nil)
    }
}
