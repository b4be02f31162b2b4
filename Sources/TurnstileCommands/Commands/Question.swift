import Foundation
import Glibc

/// A question to the person at the terminal. Where there is none, the answer is no.
enum Question {
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

    /// A secret, from the person at the terminal or from the program that SSH_ASKPASS names. nil where nobody is there
    /// to ask.
    static func secret(_ prompt: String) async -> String? {
        let environment = ProcessInfo.processInfo.environment
        if let askpass = Askpass(environment: environment, hasTerminal: hasTerminal) {
            return await askpass.ask(prompt)
        }
        return typed(prompt)
    }

    private static var hasTerminal: Bool {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return false }
        close(terminal)
        return true
    }

    /// Typed without being shown.
    private static func typed(_ prompt: String) -> String? {
        guard let terminal = fopen("/dev/tty", "r+") else { return nil }
        defer { fclose(terminal) }
        var settings = termios()
        guard tcgetattr(fileno(terminal), &settings) == 0 else { return nil }
        var quiet = settings
        quiet.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(fileno(terminal), TCSAFLUSH, &quiet)
        defer { tcsetattr(fileno(terminal), TCSAFLUSH, &settings) }
        fputs(prompt, terminal)
        fflush(terminal)
        var line = [CChar](repeating: 0, count: 1024)
        guard fgets(&line, Int32(line.count), terminal) != nil else { return nil }
        fputs("\n", terminal)
        let bytes = line.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
