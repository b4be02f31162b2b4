import SampleValues
import Testing

@testable import RolloutModel

/// The difference between hosts' clocks, as far as it can be told from answers that take time.
@Suite struct ClockTests {
    static let settings = GateSettings(fleet: nil, etcd: nil, clock: .init(skew: .seconds(5)))
    static let noon = 1_795_608_000.0

    /// The reading of a clock with this offset, where the clock was read `readAfter` seconds after the question.
    static func reading(off: Double, asked: Moment = 0, took: Double, readAfter: Double) -> ClockReading {
        let shown = UTCTime(sinceEpoch: .seconds(noon + off + readAfter) + asked.sinceStart)
        return ClockReading(shown: shown, asked: asked, answered: asked + .seconds(took))
    }

    /// The true offset of the first host, the duration of both answers, and the least offset that is certain.
    @Test(
        arguments: [(10, 1, 9), (10, 4, 6), (-10, 1, -9), (3, 4, 0), (0, 0, 0), (0, 30, 0)]
            as [(Double, Double, Double)])
    func aSlowAnswerProvesLess(off: Double, took: Double, surely: Double) {
        // The clocks are read in the middle of their answers, so the error of each may be half of that time.
        let own = Self.reading(off: off, took: took, readAfter: took / 2)
        let other = Self.reading(off: 0, took: took, readAfter: took / 2)
        #expect(own.surelyAhead(of: other) == .seconds(surely))
        #expect(other.surelyAhead(of: own) == .seconds(-surely))
    }

    /// Clocks that agree are never said to differ, whenever they are read.
    @Test(arguments: [(0, 0), (0, 3), (3, 0), (3, 3)] as [(Double, Double)])
    func clocksThatAgreeAreNeverApart(readAfter: Double, otherReadAfter: Double) {
        let own = Self.reading(off: 0, took: 3, readAfter: readAfter)
        let other = Self.reading(off: 0, asked: 100, took: 3, readAfter: otherReadAfter)
        #expect(own.surelyAhead(of: other) == .zero)
    }

    static func reasons(at checkpoint: Checkpoint = .beforeStage, _ offs: [HostID: Double]) -> [HoldReason] {
        let hosts = [Samples.a, Samples.b, Samples.c].filter { offs[$0] != nil }
        let changes = offs.mapValues { off -> (inout HostFacts) -> Void in
            { $0.clock = reading(off: off, took: 1, readAfter: 0.5) }
        }
        return PreflightTests.reasons(
            at: checkpoint, settings: settings, plan: Samples.plan(hosts), changes)
    }

    /// Offsets of a, b and c, and the hosts that are named, with the seconds they are ahead.
    static let skews: [(offs: [HostID: Double], named: [HostID: Double])] = [
        ([Samples.a: 0, Samples.b: 0.2, Samples.c: -0.2], [:]),
        ([Samples.a: 0, Samples.b: 6, Samples.c: 0], [:]),
        ([Samples.a: 0, Samples.b: 7, Samples.c: 0], [Samples.b: 6]),
        ([Samples.a: 0, Samples.b: 0, Samples.c: -3600], [Samples.c: -3599]),
        ([Samples.a: 90, Samples.b: 0, Samples.c: 0.5], [Samples.a: 88.5]),
        // The right one of the three clocks is unknown.
        ([Samples.a: 0, Samples.b: 60, Samples.c: 120], [Samples.a: -59, Samples.c: 59]),
        // Of two clocks that differ, the right one is unknown.
        ([Samples.a: 60, Samples.b: 0], [Samples.b: -59]),
        ([Samples.a: 60], [:]),
    ]

    @Test(arguments: skews)
    func theOneThatIsOffIsNamed(offs: [HostID: Double], named: [HostID: Double]) {
        let found = Self.reasons(offs).reduce(into: [HostID: Double]()) { found, reason in
            guard case .clock(.clockSkewed(let host, let skew)) = reason else { return }
            found[host] = skew.ahead.inSeconds
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
        // A number that is no time is shown as it came.
        (-1, "-1.0"), (1e12, "1000000000000.0"),
    ]

    @Test(arguments: times)
    func timesAreToldInUTC(seconds: Double, text: String) {
        #expect(UTCTime(sinceEpoch: .seconds(seconds)).description == text)
    }
}
