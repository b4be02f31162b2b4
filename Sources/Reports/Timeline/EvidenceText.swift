import RolloutModel

/// The evidence of gates, in lines.
enum EvidenceText {
    /// For gates that opened in a journal that does not have it.
    static let none = "none was kept"
    /// For gates that opened in a journal that has something else in its place.
    static let unreadable = "what was kept cannot be read"

    /// - Parameter isUnreadable: something was kept, which is nil for that reason.
    static func lines(_ evidence: GateEvidence?, isUnreadable: Bool) -> [String] {
        evidence.map(lines) ?? [isUnreadable ? unreadable : none]
    }

    /// A line for each statement, and one for how fresh they were.
    static func lines(_ evidence: GateEvidence) -> [String] {
        evidence.bounded.statements.map { "\($0.gate), by \($0.by): \($0.says)" } + [freshness(evidence)]
    }

    private static func freshness(_ evidence: GateEvidence) -> String {
        let looks = evidence.looks == 1 ? "1 look" : "\(evidence.looks) looks"
        return "asked at most \(seconds(evidence.age)) before; \(looks) in \(seconds(evidence.span))"
    }

    /// "0.4 s" below ten seconds, "12 s" from there on.
    private static func seconds(_ duration: Duration) -> String {
        let tenths = Int(clamping: (duration / .milliseconds(100)).rounded())
        return tenths < 100 ? "\(tenths / 10).\(abs(tenths % 10)) s" : "\(tenths / 10) s"
    }
}
