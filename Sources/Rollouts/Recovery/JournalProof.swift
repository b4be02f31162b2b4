import AgentProtocol
import RolloutJournal
import RolloutModel

/// A journal, held against what hosts and etcd saw of its end.
public struct JournalProof: Encodable, Sendable {
    /// The comparison with the end that a single witness saw.
    public struct Finding: Encodable, Sendable {
        /// The witness, in words.
        public var by: String
        /// The number of the last entry seen; nil if none was seen, or the witness could not be asked.
        public var entry: Int?
        public var verdict: Verdict
        /// Why nobody could say.
        public var why: String?
    }

    public enum Verdict: String, Encodable, Sendable {
        case matches, missing, differs, nothing, unknown
    }

    public let findings: [Finding]
    private let entries: Int

    /// - Parameter seen: the ends that others saw.
    /// - Throws: `JournalError` where the journal cannot be read.
    init(_ journal: Journal, seen: [RolloutLock.Sighting]) async throws(JournalError) {
        self.init(journal.record, try await journal.digests(of: Self.entries(seen)), seen)
    }

    /// - Parameters:
    ///   - path: of a journal that may be kept anywhere.
    ///   - seen: asked for before the record was read, where somebody may be writing it.
    /// - Throws: `JournalError` where the journal cannot be read.
    public init(
        _ path: String, _ record: RolloutRecord, seen: [RolloutLock.Sighting]
    ) throws(JournalError) {
        self.init(record, try JournalDigests(of: Self.entries(seen), path: path), seen)
    }

    private init(_ record: RolloutRecord, _ digests: JournalDigests, _ seen: [RolloutLock.Sighting]) {
        entries = record.entryCount
        findings = seen.map { Self.finding($0, record, digests) }
    }

    private static func entries(_ seen: [RolloutLock.Sighting]) -> Set<Int> {
        Set(seen.compactMap { $0.end.value??.head.entry })
    }

    private static func finding(
        _ sighting: RolloutLock.Sighting, _ record: RolloutRecord, _ digests: JournalDigests
    ) -> Finding {
        let by = "\(sighting.witness)"
        switch sighting.end {
        case .unknown(let why): return Finding(by: by, verdict: .unknown, why: why)
        case .seen(nil): return Finding(by: by, verdict: .nothing)
        case .seen(let end?):
            let sight = JournalSight(
                of: end, in: record.machine.plan.rollout, firstToken: record.machine.tenure.firstToken,
                entries: record.entryCount, sha256: digests[end.head.entry])
            switch sight {
            case .unrelated: return Finding(by: by, verdict: .nothing)
            case .matches: return Finding(by: by, entry: end.head.entry, verdict: .matches)
            case .missing: return Finding(by: by, entry: end.head.entry, verdict: .missing)
            case .differs: return Finding(by: by, entry: end.head.entry, verdict: .differs)
            }
        }
    }

    /// A line for each witness that saw another journal than this one.
    public var doubts: [String] {
        findings.compactMap { finding in
            guard let entry = finding.entry else { return nil }
            return switch finding.verdict {
            case .missing: "\(finding.by) saw entry \(entry), and it ends with entry \(entries)"
            case .differs: "\(finding.by) saw another entry \(entry) than it has"
            case .matches, .nothing, .unknown: nil
            }
        }
    }

    /// The lines printed of a journal that no witness contradicts.
    public var lines: [String] {
        let matching = findings.filter { $0.verdict == .matches }
        let last = matching.compactMap(\.entry).max()
        let proof =
            last.map { entry in
                "Its end is proved up to entry \(entry), by \(matching.map(\.by).joined(separator: ", "))."
            } ?? "Nobody outside saw any entry of it: its end is not proved."
        return [proof]
            + findings.compactMap { finding in
                finding.verdict == .unknown ? "Not asked: \(finding.by): \(finding.why ?? "")" : nil
            }
    }
}
