import RolloutModel
import Rollouts
import Settings
import Subprocess

/// kubectl on this machine: it knows the credentials of its kubeconfig, which are nowhere else.
struct Kubectl: Sendable {
    var settings: KubernetesSettings
    var program = "kubectl"

    /// - Returns: the standard output.
    /// - Throws: `NodeFault` for any exit code but 0.
    func run(
        _ words: [String], deadline: Duration = Self.deadline, outputBytesMax: Int = 1 << 20
    ) async throws(NodeFault) -> String {
        let process = BoundedProcess(
            command: [program] + connection + words, deadline: deadline,
            outputBytesMax: outputBytesMax)
        let name = "kubectl \(words.prefix(2).joined(separator: " "))"
        switch await process.run() {
        case .late:
            throw NodeFault(.unanswered, why: "\(name): no end within \(deadline.wholeSeconds) s")
        case .failed(let why): throw NodeFault(.unanswered, why: "\(name): \(why)")
        case .ended(.exited(0), let output, _): return ForeignText.json(output)
        case .ended(_, _, let errors):
            let said = Self.complaint(in: errors)
            // kubectl reports a 409 in these words: the answer to a write under an outdated revision.
            let kind: NodeFault.Kind = said.contains("(Conflict)") ? .changed : .unanswered
            throw NodeFault(kind, why: "\(name): \(said)")
        }
    }

    /// The deadline for one question; a drain has its own.
    static let deadline = Duration.seconds(30)

    var connection: [String] {
        (settings.kubeconfig.map { ["--kubeconfig", $0] } ?? [])
            + (settings.context.map { ["--context", $0] } ?? []) + ["--request-timeout", "20s"]
    }

    /// The errors that kubectl printed, without its progress messages, and short enough for a hold.
    private static func complaint(in text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }
        let errors = lines.filter { line in
            ["error", "Error", "cannot"].contains { line.hasPrefix($0) }
                && !line.hasSuffix("command...")
                && !line.contains("(will retry after")
        }
        let words = (errors.isEmpty ? lines : errors).suffix(3).joined(separator: "; ")
        return words.isEmpty ? "it failed without a word" : ForeignText.line(words, charactersMax: 300)
    }
}
