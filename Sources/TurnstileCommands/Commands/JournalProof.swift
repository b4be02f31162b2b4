import AgentProtocol
import Driving
import RolloutJournal
import RolloutModel

/// A journal, held against what hosts and etcd saw of its end.
struct JournalProof: Encodable {
    /// The comparison with the end that a single witness saw.
    struct Finding: Encodable {
        /// The witness, in words.
        var by: String
        /// The number of the last entry seen; nil if none was seen, or the witness could not be asked.
        var entry: Int?
        var verdict: Verdict
        /// Why nobody could say.
        var why: String?
    }

    enum Verdict: String, Encodable {
        case matches, missing, differs, nothing, unknown
    }

    let findings: [Finding]
    private let entries: Int

    /// - Parameters:
    ///   - path: the journal's.
    ///   - record: of that journal.
    ///   - seen: asked for before the record was read, where somebody may be writing it.
    /// - Throws: `JournalError` where the journal cannot be read.
    init(
        _ path: String, _ record: RolloutRecord, seen: [RolloutLock.Sighting]
    ) throws(JournalError) {
        let digests = try JournalDigests(of: Set(seen.compactMap { $0.end.value??.head.entry }), path: path)
        entries = record.entryCount
        findings = seen.map { Self.finding($0, record, digests) }
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
                of: end, in: record.machine.plan.rollout, firstToken: record.firstToken,
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
    var doubts: [String] {
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
    var lines: [String] {
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

    /// The way on from a journal that somebody doubts.
    static func wayOn(_ rollout: RolloutID, path: String, _ invocation: Invocation) -> [String] {
        [
            "Lines are gone from its end, or an older or another copy is in its place.",
            "Put the newer journal back, and go on with: \(invocation.command("resume \(rollout)"))",
            "If that is lost for good, move '\(path)' away, and go on with: "
                + invocation.command("resume --from-hosts"),
        ]
    }
}

extension RolloutSession {
    /// Before a rollout is gone on with: nobody saw a later entry of its journal than it has, or another one.
    ///
    /// - Parameter reports: as the hosts gave them.
    /// - Throws: `CommandFailure` that says who did.
    func requireNewest(_ journal: Journal, _ reports: [HostID: Observation<HostReport>]) async throws {
        let record = journal.record
        let proof = try JournalProof(journal.path, record, seen: await lock.sightings(in: reports))
        let doubts = proof.doubts
        guard !doubts.isEmpty else { return }
        let rollout = record.machine.plan.rollout
        let lines =
            [
                "held; nothing was touched. "
                    + "The journal of rollout \(rollout) is not the one that others saw:"
            ]
            + doubts.map { "  - \($0)" } + JournalProof.wayOn(rollout, path: journal.path, invocation)
        throw CommandFailure(.held, lines.joined(separator: "\n"))
    }
}
