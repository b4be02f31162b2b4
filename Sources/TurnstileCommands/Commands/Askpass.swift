import Subprocess

/// The program that asks for a secret where there is no terminal, by ssh's own rules (`SSH_ASKPASS` in ssh(1)).
struct Askpass: Hashable, Sendable {
    /// A path, or a name to be found in PATH.
    var program: String

    /// The longest answer that is read, in bytes.
    private static let answerMax = 4096

    /// - Returns: nil if the secret is to be asked for at the terminal, or nobody can be asked.
    init?(environment: [String: String], hasTerminal: Bool) {
        let required = environment["SSH_ASKPASS_REQUIRE"]?.lowercased()
        let mayBeUsed =
            switch required {
            case "force": true
            case "never": false
            default: environment["DISPLAY"].map { !$0.isEmpty } ?? false
            }
        guard mayBeUsed, required == "force" || required == "prefer" || !hasTerminal,
            let program = environment["SSH_ASKPASS"], !program.isEmpty
        else { return nil }
        self.program = program
    }

    /// - Parameter time: the program is ended after that.
    /// - Returns: the first line that the program printed; nil if it did not end well, as when the person cancels, or
    ///   could not be started.
    func ask(_ prompt: String, for time: Duration) async -> String? {
        let process = BoundedProcess(
            command: [program, prompt], deadline: time, outputBytesMax: Self.answerMax)
        guard case .ended(let status, let output, _) = await process.run(), status.isSuccess else {
            return nil
        }
        return output.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).first.map(
            String.init)
    }
}
