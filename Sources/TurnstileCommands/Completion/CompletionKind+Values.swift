import ArgumentParser
import Settings

extension CompletionKind {
    /// Hosts of `turnstile.yaml` or of `--hosts-file`.
    static let hosts = values { $0.hosts }

    /// Rollouts that have a journal.
    static let rollouts = values { $0.rollouts }

    /// Gates for `--override`.
    static let overridableGates = values { _ in CompletedValues.gates }

    private static func values(
        _ values: @escaping @Sendable (CompletedValues) -> [String]
    ) -> CompletionKind {
        .custom { words, index, _ in
            let line = CompletedLine(words: words, index: index, shell: .requesting)
            return line.offered(values(CompletedValues(line: line, environment: .live())))
        }
    }
}
