import ArgumentParser
import Foundation
import RolloutModel

/// A gate of a runbook that the operator passes over.
struct RunbookOverride: Hashable, Sendable {
    var gate: RunbookGate
    /// In the person's words; never empty.
    var reason: String
}

/// Gates of the runbook itself that the operator passes over. The gates of a stage are passed over in the file.
struct RunbookOverrides: ParsableArguments {
    @Option(
        name: .customLong("override"),
        help: ArgumentHelp(
            "Pass a gate of the runbook over, and say why. Gates: "
                + RunbookGate.allCases.map(\.rawValue).joined(separator: ", ") + ".",
            discussion: "It is recorded. Gates of a stage are passed over in the file, or with resume.",
            valueName: "gate=reason"),
        transform: Self.override)
    var gates: [RunbookOverride] = []

    static func override(_ text: String) throws -> RunbookOverride {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard let gate = RunbookGate(rawValue: parts[0]) else {
            let known = RunbookGate.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("'\(parts[0])' is no gate of a runbook; those are \(known)")
        }
        let reason = parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        guard !reason.isEmpty, reason.utf8.count <= 500, !reason.contains(where: \.isNewline) else {
            throw ValidationError(
                "--override \(gate.rawValue): say why, in one line: --override \(gate.rawValue)='the reason'")
        }
        return RunbookOverride(gate: gate, reason: reason)
    }

    /// The reason for which a hold is passed over; nil where it is not.
    func reason(for hold: RunbookHold) -> String? { gates.last { $0.gate == hold.gate }?.reason }
}
