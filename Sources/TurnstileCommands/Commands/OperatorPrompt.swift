import Foundation
import Glibc
import Reports

/// A question to the person at the terminal. Where there is none, the answer is no.
enum OperatorPrompt {
    static var isSomebodyThere: Bool { isatty(STDIN_FILENO) == 1 }

    static func ask(_ question: String) throws -> Bool {
        guard isSomebodyThere else {
            throw CommandFailure(.usage, "nobody is there to ask: add --yes to go on without asking")
        }
        FileHandle.standardError.put("\(question) [y/N] ")
        let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased()
        return answer == "y" || answer == "yes"
    }

    /// A line of the person's own words.
    static func line(_ question: String, orOption option: String) throws -> String {
        guard isSomebodyThere else {
            throw CommandFailure(.usage, "nobody is there to ask: say it with \(option)")
        }
        FileHandle.standardError.put(question)
        return readLine()?.trimmingCharacters(in: .whitespaces) ?? ""
    }
}
