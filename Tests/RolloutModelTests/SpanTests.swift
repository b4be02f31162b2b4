import Foundation
import RolloutModel
import Testing

/// Spans of time from others, for others, and in words.
@Suite struct SpanTests {
    static let foreign: [(seconds: Double, span: Duration)] = [
        (0, .zero), (1.5, .milliseconds(1500)), (-1.5, .milliseconds(-1500)), (0.1, .milliseconds(100)),
        (1e-9, .nanoseconds(1)), (1e-12, .zero), (1_795_480_000.25, .milliseconds(1_795_480_000_250)),
        (1e300, .seconds(1_000_000_000_000)), (-1e300, .seconds(-1_000_000_000_000)),
        (.infinity, .seconds(1_000_000_000_000)), (-.infinity, .seconds(-1_000_000_000_000)), (.nan, .zero),
    ]

    @Test(arguments: foreign) func anySecondsAreASpan(seconds: Double, span: Duration) {
        #expect(Duration(clamping: seconds) == span)
    }

    @Test(
        arguments: [
            (30, true), (0, true), (60, true), (-1e-6, false), (60.001, false), (1e300, false),
            (.infinity, false),
            (.nan, false),
        ] as [(Double, Bool)])
    func secondsBeyondBeliefAreNone(seconds: Double, isBelieved: Bool) {
        #expect((Duration(seconds: seconds, in: .zero ... .seconds(60)) != nil) == isBelieved)
    }

    /// Outputs and journals have the number that was read.
    @Test(arguments: [
        0, 0.1, 0.3, 1.1, 7.45, 31.002346, 900.5, 86_400, 273_900.123456789, 1_795_480_000.5, -2.5,
    ])
    func secondsComeBackAsTheyWere(seconds: Double) {
        #expect(Duration(clamping: seconds).inSeconds == seconds)
    }

    @Test(
        arguments: [
            (.milliseconds(1499), 1, 2), (.milliseconds(1500), 2, 2), (.seconds(3), 3, 3), (.zero, 0, 0),
            (.milliseconds(-400), 0, 0),
        ] as [(Duration, Int, Int)])
    func wholeSecondsAreRounded(span: Duration, nearest: Int, up: Int) {
        #expect(span.wholeSeconds == nearest && span.secondsRoundedUp == up)
    }

    @Test(arguments: [
        (0, "0 s", "0 s"), (59, "59 s", "59 s"), (60, "1 min", "1 min"), (200, "3 min 20 s", "3 min"),
        (3600, "1 h", "1 h"), (21_900, "6 h 05 min", "6 h 05 min"), (273_900, "3 d 4 h", "3 d 4 h"),
        (86_400, "1 d", "1 d"), (-5, "0 s", "0 s"),
    ])
    func areSaidInTheirLargestUnits(seconds: Int, words: String, rough: String) {
        #expect(Duration.seconds(seconds).words == words)
        #expect(Duration.seconds(seconds).roughWords == rough)
    }

    @Test(arguments: [Int.min, .max]) func minutesOfAnyNumberAreASpan(minutes: Int) {
        #expect(Duration.minutes(minutes).magnitude == .seconds(1_000_000_000_000))
    }

    private struct Kept: Codable, Equatable {
        var span: Duration
        var other: Duration?
        var choice: Choice

        enum Choice: Codable, Equatable { case waited(Duration, least: Duration) }
    }

    /// A span is a number of seconds wherever it is kept.
    @Test func areKeptAsSeconds() throws {
        let text = #"{"choice":{"waited":{"_0":60,"least":0.5}},"span":7.25}"#
        let kept = try JSONDecoder().decode(Kept.self, from: Data(text.utf8))
        #expect(
            kept
                == Kept(
                    span: .milliseconds(7250), other: nil,
                    choice: .waited(.seconds(60), least: .milliseconds(500))))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(kept), as: UTF8.self) == text)
    }
}
