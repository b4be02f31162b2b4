import ArgumentParser
import Foundation
import RolloutModel
import Settings

/// Gates that the operator passes over.
struct OverrideOptions: ParsableArguments {
    @Option(
        name: .customLong("override"),
        help: ArgumentHelp(
            "Pass a gate over in this rollout, and say why; may be given again. Gates: "
                + OverridableGate.allCases.map(\.rawValue).joined(separator: ", ") + ".",
            discussion: "It is recorded in the journal. There is none for quorum, or for one at a time.",
            valueName: "gate=reason"),
        completion: .overridableGates,
        transform: Self.override)
    var gates: [GateOverride] = []

    private static func hint(_ name: String) -> String {
        let known = OverridableGate.allCases.map(\.rawValue)
        let nearest = Spelling.nearest(to: name, in: known).map { "did you mean '\($0)'?" }
        return nearest ?? "those are \(known.joined(separator: ", "))"
    }

    static func override(_ text: String) throws -> GateOverride {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard let gate = OverridableGate(rawValue: parts[0]) else {
            throw ValidationError("'\(parts[0])' is no gate that can be passed over; \(hint(parts[0]))")
        }
        let reason = parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        guard !reason.isEmpty, reason.utf8.count <= 500, !reason.contains(where: \.isNewline) else {
            throw ValidationError(
                "--override \(gate): say why, in one line: --override \(gate)='the reason'")
        }
        return GateOverride(gate: gate, reason: reason)
    }
}
