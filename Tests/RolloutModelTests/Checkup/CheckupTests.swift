import Testing

@testable import RolloutModel

@Suite struct CheckupTests {
    static let a = HostID("core-1")
    static let b = HostID("core-2")

    @Test func findingsAreInTheOrderOfTheirChecks() {
        let checkup = Checkup([
            .ok(.clock, .host(Self.a), "x"), .ok(.configuration, .here, "y"), .ok(.sudo, .host(Self.a), "z"),
            .ok(.sudo, .host(Self.b), "w"),
        ])
        #expect(checkup.findings.map(\.said) == ["y", "z", "w", "x"])
    }

    @Test func hostsWithTheSameToSayAreOneFinding() {
        let checkup = Checkup([
            .ok(.sudo, .host(Self.a), "x"), .ok(.sudo, .host(Self.b), "x"), .ok(.sudo, .host(Self.a), "x"),
        ])
        #expect(checkup.findings == [.ok(.sudo, .hosts([Self.a, Self.b]), "x")])
    }

    static let unlike: [[Checkup.Finding]] = [
        [.ok(.sudo, .host(a), "x"), .ok(.sudo, .host(b), "y")],
        [.ok(.sudo, .host(a), "x"), .ok(.agent, .host(b), "x")],
        [.warning(.sudo, .host(a), "x", fix: ["y"]), .fault(.sudo, .host(b), "x", fix: ["y"])],
        [.fault(.sudo, .host(a), "x", fix: ["y"]), .fault(.sudo, .host(b), "x", fix: ["z"])],
        [.ok(.members, .cluster, "x"), .ok(.members, .cluster, "x")],
    ]

    @Test(arguments: unlike) func otherFindingsStayApart(findings: [Checkup.Finding]) {
        #expect(Checkup(findings).findings.count == 2)
    }

    @Test func onlyAFaultIsAFault() {
        #expect(!Checkup([.ok(.sudo, .here, "x"), .warning(.sudo, .here, "x", fix: ["y"])]).hasFault)
        #expect(Checkup([.ok(.sudo, .here, "x"), .fault(.sudo, .here, "x", fix: ["y"])]).hasFault)
    }

    /// The words of others are one line, whatever they are.
    @Test func aFindingIsOneLine() {
        let finding = Checkup.Finding.ok(.sudo, .here, "a\nfault  b\u{1B}[2J")
        #expect(finding.said == "a fault  b\u{FFFD}[2J")
    }

    /// Permissions that are denied and those that are not told are two faults. One fault says it all where the nodes are not
    /// told either.
    @Test func whatKubectlIsNotToldIsNoLeave() {
        let denied = [KubernetesCheck.Denial(.listPods, said: "no")]
        let untold = [KubernetesCheck.Denial(.patchNodes, said: "x")]
        let both = KubernetesCheck(nodes: .seen(3), denied: denied, untold: untold).findings
        #expect(both.map(\.verdict) == [.fault, .fault])
        let none = KubernetesCheck(nodes: .unknown("refused"), denied: [], untold: untold).findings
        #expect(none.map(\.said) == ["refused"])
    }

    @Test(
        arguments: [
            ("nothing answers (curl: (77) error)", CurlComplaint.TLSTrouble.authority),
            ("curl: (58) x", .client),
            ("curl: (35) x", .handshake), ("curl: (7) x", nil), ("no number", nil), ("curl: (x) y", nil),
            ("curl: (99999) y", nil),
        ] as [(String, CurlComplaint.TLSTrouble?)])
    func curlsNumberTellsTheTroubleWithTLS(text: String, trouble: CurlComplaint.TLSTrouble?) {
        #expect(CurlComplaint(in: text)?.tls == trouble)
    }
}
