import Foundation
import Glibc
import Reports
import RolloutModel

/// A question to the person at the terminal. Where there is none, nothing is asked.
enum OperatorPrompt {
    static var isSomebodyThere: Bool { isatty(STDIN_FILENO) == 1 }

    /// - Parameter options: those that answer what would be asked, as they are typed.
    /// - Throws: `CommandFailure` with the command that asks nothing, where nobody is there.
    static func requireSomebody(or options: [String]) throws(CommandFailure) {
        guard !isSomebodyThere else { return }
        throw absence(of: options)
    }

    static func ask(_ question: String) throws -> Bool {
        guard isSomebodyThere else { throw absence(of: ["--yes"]) }
        let answer = answer(to: "\(question) [y/N] ").lowercased()
        return answer == "y" || answer == "yes"
    }

    /// A line of the person's own words.
    static func line(_ question: String, orOption option: String) throws -> String {
        guard isSomebodyThere else { throw absence(of: [option]) }
        return answer(to: question)
    }

    /// The failure where nobody is there.
    ///
    /// - Parameter arguments: those that the program was called with, its name left out.
    static func absence(
        of options: [String], in arguments: [String] = Array(CommandLine.arguments.dropFirst())
    ) -> CommandFailure {
        // Words behind this mark are no options.
        let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
        let words =
            ["turnstile"] + arguments[..<end].map { "\(ShellWord($0))" } + options
            + arguments[end...].map { "\(ShellWord($0))" }
        let command = words.joined(separator: " ")
        return CommandFailure(.usage) { _ in
            "nobody is there to ask, and nothing was begun. To go on without being asked: \(command)"
        }
    }

    /// The question has the terminal to itself until it is answered.
    private static func answer(to question: String) -> String {
        TerminalHold.shared.begin()
        defer { TerminalHold.shared.end() }
        let prompt = Data(Terminal.passing(question).utf8)
        // A terminal that is gone hears no question, and gives no answer.
        try? FileHandle.standardError.write(contentsOf: prompt)
        return readLine()?.trimmingCharacters(in: .whitespaces) ?? ""
    }
}
