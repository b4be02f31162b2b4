import ArgumentParser

/// The scripts by which shells complete turnstile's command lines: those of the parser, and no blank after a word that goes
/// on behind its `=`, nor a backslash before it.
public enum CompletionScript {
    /// The script that a command line asks for.
    ///
    /// - Parameter arguments: the program's arguments, without its name.
    /// - Returns: nil if they ask for none, or for one of an unknown shell, which the parser reports.
    public static func asked(by arguments: some Collection<String>) -> String? {
        let option = "--generate-completion-script="
        // The shell may be a word of its own.
        let text = arguments.joined(separator: "=")
        guard text.hasPrefix(option) else { return nil }
        return CompletionShell(rawValue: String(text.dropFirst(option.count))).map { self.text(for: $0) }
    }

    static func text(for shell: CompletionShell) -> String {
        let script = TurnstileCommand.completionScript(for: shell)
        return switch shell {
        case .bash: script + "\n" + bashEnding
        case .zsh: script.replacing(zshValues, with: zshValuesWithoutBlank)
        default: script
        }
    }

    private static let bashEnding = """

        __turnstile_without_blank() {
            _turnstile "${@}"
            if [[ "${#COMPREPLY[@]}" -eq 1 && "${COMPREPLY[0]}" = *= ]]; then
                compopt -o nospace +o filenames
            fi
        }

        complete -o filenames -F __turnstile_without_blank turnstile
        """

    /// The line of the parser's script that offers values.
    private static let zshValues = "    _describe -V '' non_empty_completions -- "

    private static let zshValuesWithoutBlank = [
        #"    local -ar open_completions=("${(M)non_empty_completions[@]:#*=}")"#,
        #"    local -ar closed_completions=("${non_empty_completions[@]:#*=}")"#,
        "    _describe -V '' closed_completions -- open_completions -S '' -- ",
    ].joined(separator: "\n")
}
