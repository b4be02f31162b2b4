public import RolloutModel
public import Rollouts

/// A hook as a command on a host, run as the login user.
public struct HostHook: Sendable {
    private let shell: HostShell
    /// The program, and its arguments; no shell makes anything else of them.
    private let command: [String]
    private let deadline: Duration

    public init(shell: HostShell, command: [String], deadline: Duration) {
        self.shell = shell
        self.command = command
        self.deadline = deadline
    }

    /// - Parameter document: what it is told on its standard input.
    public func ask(_ document: String, on host: HostID) async -> HookAnswer {
        guard (1...Self.wordsMax).contains(command.count) else {
            return .failed(why: "it has \(command.count) words, not 1 to \(Self.wordsMax)", output: "")
        }
        let start = ContinuousClock.now
        do throws(HostFault) {
            let result = try await shell.run(host, request(document))
            let isLate = ContinuousClock.now - start >= deadline
            switch result.exitStatus {
            // As timeout(1) ends by its own signals.
            case 124? where isLate, 137? where isLate: return .tooLate(after: deadline)
            case let code?:
                return HookAnswer(.exited(code), output: result.outputText, errors: result.errorText)
            case nil: return .unheard(why: result.ending)
            }
        } catch {
            guard error.kind != .answerUnreadable else { return .failed(why: error.why, output: "") }
            return .unheard(why: error.why, trouble: error.trouble)
        }
    }

    static let wordsMax = 100

    private func request(_ document: String) -> HostCommand {
        let lines = ["\(deadline.secondsRoundedUp)", "\(command.count)"] + command.map(Self.line)
        return HostCommand(
            Self.text, input: Array((lines.joined(separator: "\n") + "\n" + document).utf8),
            outputBytesMax: HookAnswer.printedBytesMax,
            deadline: deadline + Self.endingTime)
    }

    /// For timeout(1) to end what does not heed the first signal, and for the answer to come.
    private static let endingTime = Duration.seconds(15)

    /// A word as one line, which `printf %b` gives back exactly.
    private static func line(_ word: String) -> String {
        word.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    /// Reads seconds, a count and so many words, a line each; what follows is the program's own input.
    ///
    /// timeout(1) makes a process group of its own, in which everything is that the program starts: it ends with the
    /// program, or at the deadline, also when the connection was cut meanwhile.
    private static let text: HostCommand.StaticText = #"""
        exec /bin/sh -c '
        short() { echo "what it was to be told was cut short" >&2; exit 75; }
        IFS= read -r seconds && IFS= read -r count || short
        while [ "$count" -gt 0 ]; do
            IFS= read -r word || short
            word=$(printf "%bx" "$word")
            set -- "$@" "${word%x}"
            count=$((count - 1))
        done
        exec 3<&0
        timeout -k 2 "$seconds" "$@" <&3 3<&- &
        group=$!
        wait "$group"
        code=$?
        kill -s KILL -- "-$group" 2>/dev/null
        exit "$code"'
        """#
}
