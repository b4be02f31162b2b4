import ArgumentParser

/// A command line that names a command which there is not. The parser would take such a name for an argument too many.
public enum UnknownCommand {
    /// Ends the program with exit code 64 where the line names one.
    ///
    /// - Parameter arguments: the program's arguments, without its name.
    public static func refuse(_ arguments: some Collection<String>) {
        guard let complaint = complaint(about: arguments) else { return }
        TurnstileCommand.exit(withError: ValidationError(complaint))
    }

    /// nil where the line names commands that there are, or is a shell's about completions.
    static func complaint(about arguments: some Collection<String>) -> String? {
        let isOfShell = arguments.contains {
            $0.hasPrefix("---completion") || $0.hasPrefix("--generate-completion-script")
        }
        return isOfShell ? nil : CommandPath(Array(arguments)).complaint
    }
}
