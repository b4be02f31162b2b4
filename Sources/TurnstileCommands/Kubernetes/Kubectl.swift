import RolloutModel
import Rollouts
import Subprocess

/// kubectl on this machine: it knows the credentials of its kubeconfig, which are nowhere else.
struct Kubectl: Sendable {
    var settings: KubernetesSettings
    var program = "kubectl"

    /// - Returns: what it wrote to its standard output.
    /// - Throws: `NodeFault` for anything but an end with 0.
    func run(
        _ words: [String], deadlineSeconds: Double = Self.deadlineSeconds, outputBytesMax: Int = 1 << 20
    ) async throws(NodeFault) -> String {
        let process = BoundedProcess(
            command: [program] + connection + words, deadlineSeconds: deadlineSeconds,
            outputBytesMax: outputBytesMax)
        let name = "kubectl \(words.prefix(2).joined(separator: " "))"
        switch await process.run() {
        case .late:
            throw NodeFault(.unanswered, why: "\(name): no end within \(Int(clamping: deadlineSeconds)) s")
        case .failed(let why): throw NodeFault(.unanswered, why: "\(name): \(why)")
        case .ended(.exited(0), let output, _): return ForeignText.json(output)
        case .ended(_, _, let errors):
            let said = Self.complaint(in: errors)
            // As kubectl names a 409, which a write under an outdated revision is answered with.
            let kind: NodeFault.Kind = said.contains("(Conflict)") ? .changed : .unanswered
            throw NodeFault(kind, why: "\(name): \(said)")
        }
    }

    /// For one question; a drain has its own.
    static let deadlineSeconds: Double = 30

    private var connection: [String] {
        (settings.kubeconfig.map { ["--kubeconfig", $0] } ?? [])
            + (settings.context.map { ["--context", $0] } ?? []) + ["--request-timeout", "20s"]
    }

    /// Its errors, without what it tells on the way; no longer than a hold should be.
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
