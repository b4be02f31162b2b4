/// The findings of a look at an operator's set-up. The look itself is taken elsewhere: each check is a value with what
/// was seen.
public struct Checkup: Hashable, Sendable {
    /// In the order of their checks; findings of one check are in the order in which they were given. Findings that are
    /// alike but for their hosts are one.
    public let findings: [Finding]

    public init(_ findings: [Finding]) {
        let folded = findings.reduce(into: [Finding]()) { folded, finding in
            guard let index = folded.firstIndex(where: { $0.isAlike(finding) }) else {
                folded.append(finding)
                return
            }
            folded[index].subject = folded[index].subject.with(finding.subject)
        }
        // The sort is stable.
        self.findings = folded.sorted { $0.check < $1.check }
    }

    public var hasFault: Bool { findings.contains { $0.verdict == .fault } }

    public enum Verdict: String, Codable, Hashable, Sendable, CaseIterable {
        case ok
        /// Worth a word, and in nobody's way.
        case warning
        /// Turnstile cannot work with it, or a rollout would hold until somebody mends it.
        case fault
    }
}
