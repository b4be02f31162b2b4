import Testing

@testable import RolloutModel

/// Set-ups with nothing to mend: the answer is told, and nobody is sent to mend anything.
@Suite struct SoundSetupTests {
    typealias Broken = BrokenSetupTests

    static let sound: [(findings: [Checkup.Finding], says: String)] = [
        (
            KeyFilesCheck(
                files: [
                    .init(path: "/k/id", isNamed: true, state: .usable),
                    .init(path: "/k/other", isNamed: false, state: .missing),
                ], hasAgent: false
            ).findings, "/k/id"
        ),
        (KeyFilesCheck(files: [], hasAgent: true).findings, "those of the ssh agent"),
        (JournalPlaceCheck(path: "/j", Broken.directory(freeBytes: 1 << 40)).findings, "by you alone"),
        (
            JournalPlaceCheck(
                path: "/x/j",
                .missing(
                    parent: .init(isWritable: true, mode: 0o755, freeBytes: nil, isForeign: false),
                    parentPath: "/x")
            ).findings, "will be made"
        ),
        ([ProxyCheck(proxies: [], exceptions: nil, programs: ["kubectl"]).finding], "none is set"),
        (
            [ProxyCheck(proxies: [.init("http_proxy", "http://p")], exceptions: nil, programs: []).finding],
            "nothing that is asked here goes by"
        ),
        ([WindowCheck(settings: nil, now: nil, zone: "UTC").finding], "at any time"),
        ([window(at: 2).finding], "open now"), ([window(at: 4, 45).finding], "too soon for one more host"),
        ([window(at: 23).finding], "opens in 2 h"),
        (KubernetesCheck(nodes: .seen(3), denied: []).findings, "3 nodes"),
        (
            [ConnectionCheck(host: Broken.a, login: Broken.login, failure: nil).finding],
            "logged in to as core"
        ),
        ([SudoCheck(host: Broken.a, user: "core", denial: nil).finding], "without a password"),
        (AgentCheck([.init(Broken.a, .fit(version: "0.1.0"))]).findings, "0.1.0"),
        (
            [EngineCheck(host: Broken.a, unit: .init(isMasked: true, activeState: "inactive")).finding],
            "masked, inactive"
        ),
        ([etcd(.member(EtcdMemberID("a"), server: "3.4.23"))], "its own member, etcd 3.4.23"),
        ([etcd(.none)], "no member runs there"),
        (
            FleetTTLCheck(
                configured: .seconds(30), asked: [Broken.a],
                seen: [.init(Broken.a, ttl: .seconds(30), place: "x")],
                listed: .seconds(29)
            ).findings, "30 s, as gates.fleet.ttl says"
        ),
        (
            ClockCheck(
                hosts: [Broken.reading(Broken.a, off: 1), Broken.reading(Broken.b, off: -1)],
                own: Broken.clock(0), settings: .init(skew: .seconds(5))
            ).findings, "within 5 s of this machine's"
        ),
    ]

    @Test(arguments: sound) func theAnswerIsTold(findings: [Checkup.Finding], says: String) {
        #expect(
            !findings.isEmpty && findings.allSatisfy { $0.verdict == .ok && $0.fix == nil }, "\(findings)")
        #expect(findings.contains { $0.said.contains(says) }, "\(findings)")
    }

    /// A host that is off alone against this machine, where there is no other to compare it with.
    @Test func oneHostsClockIsNotThisMachinesFault() {
        let found = ClockCheck(
            hosts: [Broken.reading(Broken.a, off: 60)], own: Broken.clock(0),
            settings: .init(skew: .seconds(5))
        ).findings
        #expect(found.map(\.verdict) == [.warning] && found[0].subject == .host(Broken.a))
        #expect(found[0].said.contains("ahead of this machine's"))
    }

    /// fleet's TTL and its absence are not told where they are unknown.
    @Test func whatIsNotKnownIsNotJudged() {
        #expect(
            FleetTTLCheck(configured: .seconds(30), asked: [], seen: [], listed: .seconds(20)).findings
                .isEmpty)
        #expect(FleetAbsence(hosts: []).findings.isEmpty)
        #expect(ClockCheck(hosts: [], own: Broken.clock(0), settings: nil).findings.isEmpty)
    }

    private static func window(at hour: Int, _ minute: Int = 0) -> WindowCheck {
        Broken.window(
            "01:00-05:00", perHost: 30, now: LocalTime(weekday: .monday, minute: hour * 60 + minute))
    }

    private static func etcd(_ seat: EtcdSeat) -> Checkup.Finding {
        OwnEtcdCheck(host: Broken.a, configured: .init(urls: ["http://127.0.0.1:2379"]), seat: .seen(seat))
            .finding
    }
}
