import Foundation
import RolloutJournal

/// The places of moments on a line from 0 to 1. A long time in which nothing began or ended is drawn shorter, so that a
/// night's wait does not hide what took seconds.
struct TimelineScale {
    private let pieces: [Piece]

    /// A time between two neighbouring moments.
    private struct Piece {
        var began: Date
        var span: Duration
        var from: Double
        var to: Double
        var isCut: Bool
    }

    /// A time that is drawn shorter.
    struct Cut {
        var from: Double
        var to: Double
        var span: Duration
    }

    /// Shorter waits are never cut.
    private static let leastCut = Duration.seconds(600)
    /// The share of all the time above which a wait is cut.
    private static let cutShare = 0.2
    /// The drawn length of a cut wait, as a share of all that is not cut.
    private static let drawnShare = 0.12

    init(_ moments: [Date]) {
        let sorted = Set(moments).sorted()
        let steps = zip(sorted, sorted.dropFirst()).map { ($0, $1.time(since: $0)) }
        let total = steps.reduce(.zero) { $0 + $1.1 }
        func isLong(_ span: Duration) -> Bool {
            span > Self.leastCut && span > total * Self.cutShare
        }
        let kept = steps.reduce(.zero) { isLong($1.1) ? $0 : $0 + $1.1 }
        let cuts = kept > .zero
        let drawn = steps.map { cuts && isLong($0.1) ? kept * Self.drawnShare : $0.1 }
        let length = drawn.reduce(.zero, +)
        var pieces: [Piece] = []
        var from = 0.0
        for (step, width) in zip(steps, drawn) {
            let to = min(1, from + width / length)
            pieces.append(
                Piece(began: step.0, span: step.1, from: from, to: to, isCut: cuts && isLong(step.1)))
            from = to
        }
        self.pieces = pieces
    }

    /// A moment before all of them stands at 0, and one after them at 1.
    func position(of moment: Date) -> Double {
        let index = pieces.partitioningIndex { $0.began > moment }
        guard index > 0 else { return 0 }
        let piece = pieces[index - 1]
        let share = min(1, moment.time(since: piece.began) / piece.span)
        return piece.from + share * (piece.to - piece.from)
    }

    /// The moment that stands there; nil where there is no time at all.
    func moment(at position: Double) -> Date? {
        guard let piece = pieces.last(where: { $0.from <= position }) ?? pieces.first else { return nil }
        let width = piece.to - piece.from
        let share = width > 0 ? max(0, min(1, (position - piece.from) / width)) : 0
        return piece.began + piece.span * share
    }

    var cuts: [Cut] { pieces.filter(\.isCut).map { Cut(from: $0.from, to: $0.to, span: $0.span) } }
}

extension Array {
    /// The first index from which on a condition holds, in an array in which it does not hold before that.
    fileprivate func partitioningIndex(_ holds: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
