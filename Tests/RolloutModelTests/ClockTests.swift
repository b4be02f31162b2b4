import Testing

@testable import RolloutModel

/// How far hosts' clocks are apart, as far as answers that take their time can tell.
@Suite struct ClockTests {
    static let settings = GateSettings(fleet: nil, etcd: nil, clock: .init(skewSeconds: 5))
    static let noon = 1_795_608_000.0

    /// What a clock shows that is off by so much, when the answer is read at some moment of those it took.
    static func reading(off: Double, asked: Moment = 0, took: Double, readAfter: Double) -> ClockReading {
        ClockReading(shown: noon + off + asked + readAfter, asked: asked, answered: asked + took)
    }

    /// Each host's true offset, how long each answer takes, and what is surely known of the first against the second.
    @Test(
        arguments: [(10, 1, 9), (10, 4, 6), (-10, 1, -9), (3, 4, 0), (0, 0, 0), (0, 30, 0)]
            as [(Double, Double, Double)])
    func aSlowAnswerProvesLess(off: Double, took: Double, surely: Double) {
        // Each read in the middle of its time: half of it may be error, of both.
        let own = Self.reading(off: off, took: took, readAfter: took / 2)
        let other = Self.reading(off: 0, took: took, readAfter: took / 2)
        #expect(own.surelyAhead(of: other) == surely)
        #expect(other.surelyAhead(of: own) == -surely)
    }

    /// However the moments of reading fall, clocks that agree are never said to differ.
    @Test(arguments: [(0, 0), (0, 3), (3, 0), (3, 3)] as [(Double, Double)])
    func clocksThatAgreeAreNeverApart(readAfter: Double, otherReadAfter: Double) {
        let own = Self.reading(off: 0, took: 3, readAfter: readAfter)
        let other = Self.reading(off: 0, asked: 100, took: 3, readAfter: otherReadAfter)
        #expect(own.surelyAhead(of: other) == 0)
    }

    static func reasons(at checkpoint: Checkpoint = .beforeStage, _ offs: [HostID: Double]) -> [HoldReason] {
        let hosts = [Samples.a, Samples.b, Samples.c].filter { offs[$0] != nil }
        let changes = offs.mapValues { off -> (inout HostFacts) -> Void in
            { $0.clock = reading(off: off, took: 1, readAfter: 0.5) }
        }
        return PreflightTests.reasons(
            at: checkpoint, settings: settings, plan: Samples.plan(hosts), changes)
    }

    /// Offsets of a, b and c, and who is named as how far ahead.
    static let skews: [(offs: [HostID: Double], named: [HostID: Double])] = [
        ([Samples.a: 0, Samples.b: 0.2, Samples.c: -0.2], [:]),
        ([Samples.a: 0, Samples.b: 6, Samples.c: 0], [:]),
        ([Samples.a: 0, Samples.b: 7, Samples.c: 0], [Samples.b: 6]),
        ([Samples.a: 0, Samples.b: 0, Samples.c: -3600], [Samples.c: -3599]),
        ([Samples.a: 90, Samples.b: 0, Samples.c: 0.5], [Samples.a: 88.5]),
        // Nobody knows which of the three is right.
        ([Samples.a: 0, Samples.b: 60, Samples.c: 120], [Samples.a: -59, Samples.c: 59]),
        // Of two, neither.
        ([Samples.a: 60, Samples.b: 0], [Samples.b: -59]),
        ([Samples.a: 60], [:]),
    ]

    @Test(arguments: skews)
    func theOneThatIsOffIsNamed(offs: [HostID: Double], named: [HostID: Double]) {
        let found = Self.reasons(offs).reduce(into: [HostID: Double]()) { found, reason in
            guard case .clock(.clockSkewed(let host, let skew)) = reason else { return }
            found[host] = skew.aheadSeconds
        }
        #expect(found == named)
        #expect(Self.reasons(offs).count == named.count)
        #expect(Self.reasons(at: .afterCommit, offs) == [])
    }

    @Test func whatTheClocksShowIsTold() throws {
        let reason = try #require(
            Self.reasons([Samples.a: 0, Samples.b: 0, Samples.c: -3600.5]).first)
        #expect(
            reason.description == """
                the clock of host 'c' is at least 59 min behind that of 'a', and 5 s is the most allowed: it shows \
                2026-11-25 11:00:00 UTC, and the other 2026-11-25 12:00:00 UTC
                """)
        #expect(reason.overridableGate == .clock)
    }

    @Test func aClockThatIsNotToldHolds() {
        #expect(
            PreflightTests.reasons(settings: Self.settings, plan: Samples.plan([Samples.a]), [:])
                == [.host(.untold(host: Samples.a, .clock, why: "its agent says nothing of it"))])
    }

    static let times: [(Double, String)] = [
        (0, "1970-01-01 00:00:00 UTC"), (951_782_399, "2000-02-28 23:59:59 UTC"),
        (951_782_400, "2000-02-29 00:00:00 UTC"), (1_709_251_199, "2024-02-29 23:59:59 UTC"),
        (4_107_542_400, "2100-03-01 00:00:00 UTC"), (1_767_225_599, "2025-12-31 23:59:59 UTC"),
        (253_402_300_799, "9999-12-31 23:59:59 UTC"),
        // No time of ours: shown as it came.
        (-1, "-1.0"), (1e300, "1e+300"), (.infinity, "inf"),
    ]

    @Test(arguments: times)
    func timesAreToldInUTC(seconds: Double, text: String) {
        #expect(UTCTime(secondsSince1970: seconds).description == text)
    }
}
