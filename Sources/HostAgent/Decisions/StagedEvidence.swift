import AgentProtocol

/// The evidence about an update that the engine calls applied.
struct StagedEvidence: Hashable, Sendable {
    var table: PartitionTable
    var versions: [VersionEvidence: String]

    enum Judgement: Hashable, Sendable {
        /// Evidence in order of strength, strongest last.
        case proved(version: String, [VersionEvidence])
        /// Another version than may be taken.
        case unwanted(offered: String, VerbEnding<StageAnswer>)
        case doubtful(StepFailure)
    }

    func judged(target: String?, running: String, group: String? = nil) -> Judgement {
        guard table.isArmed, !table.other.successful else {
            return .doubtful(StepFailure(reason: .notArmed, message: notArmedMessage))
        }
        let kinds = VersionEvidence.allCases.filter { versions[$0] != nil }
        guard let strongest = kinds.last, let version = versions[strongest] else {
            return .doubtful(
                StepFailure(
                    reason: .updateFailed,
                    message: "an update is applied to \(table.other.device), and neither the engine nor the "
                        + "partition tells its version"))
        }
        guard Set(versions.values).count == 1 else {
            let words = kinds.map { "\($0.rawValue) says \(versions[$0] ?? "")" }.joined(separator: ", ")
            return .doubtful(
                StepFailure(
                    reason: .updateFailed,
                    message: "the version applied to \(table.other.device) is in doubt: \(words)"))
        }
        guard
            let objection = OfferRule.objection(
                to: version, target: target, running: running, group: group)
        else {
            return .proved(version: version, kinds)
        }
        return .unwanted(offered: version, objection)
    }

    private var notArmedMessage: String {
        let other = table.other
        return
            "the engine says that an update waits for a reboot, and \(other.label) (\(other.device)) is not "
            + "armed for it: priority=\(other.priority) tries=\(other.tries) successful=\(other.successful ? 1 : 0), "
            + "\(table.booted.label) has priority=\(table.booted.priority)"
    }
}
