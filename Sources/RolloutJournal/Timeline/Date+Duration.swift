import Foundation
import RolloutModel

/// Wall-clock times for people, and the spans between them.
extension Date {
    package func time(since earlier: Date) -> Duration { Duration(clamping: timeIntervalSince(earlier)) }

    package static func + (date: Date, span: Duration) -> Date { date.addingTimeInterval(span.inSeconds) }
}
