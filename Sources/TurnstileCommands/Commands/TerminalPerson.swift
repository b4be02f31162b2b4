import Foundation
import Glibc
import Reports
import RolloutModel
import SSH

/// The person at the terminal, or at the program that SSH_ASKPASS names.
enum TerminalPerson {
    private static let asked = AskedPerson { question in
        guard let askpass else { return await typed(question) }
        return await askpass.ask(ForeignText.line(question.prompt), for: time(for: question))
    }

    /// The person to ask; absent where there is neither a terminal nor such a program.
    static var person: Person {
        guard hasTerminal || askpass != nil else {
            return .absent(
                why: "there is no terminal, and no program in SSH_ASKPASS",
                remedy: "Give the command at a terminal, or name a program in SSH_ASKPASS that answers")
        }
        return .there { await asked.answer(to: $0) }
    }

    private static var askpass: Askpass? {
        Askpass(environment: ProcessInfo.processInfo.environment, hasTerminal: hasTerminal)
    }

    private static var hasTerminal: Bool {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return false }
        close(terminal)
        return true
    }

    /// The time that a person may take. A server ends a login after 120 s unless its LoginGraceTime says otherwise.
    private static func time(for question: LoginQuestion) -> Duration {
        if case .passphrase = question { .seconds(600) } else { .seconds(110) }
    }

    /// - Returns: nil where the person declines with ^D, or does not answer in time.
    private static func typed(_ question: LoginQuestion) async -> String? {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        guard let quiet = QuietTerminal(terminal, hides: question.isSecret) else { return nil }
        TerminalHold.shared.begin()
        defer { TerminalHold.shared.end() }
        put(Terminal.eraseLine + ForeignText.line(question.prompt), terminal)
        let answer = await line(from: terminal, until: .now + time(for: question))
        _ = consume quiet
        switch answer {
        case .typed(let line):
            if question.isSecret { put("\n", terminal) }
            return line
        case .ended: put("\n", terminal)
        case .late: put("\nnot answered in time\n", terminal)
        case .cancelled: put("\n", terminal)
        }
        return nil
    }

    private enum Typed { case typed(String), ended, late, cancelled }

    /// Reads a line. A terminal is readable once a line is complete, or ^D was typed, so that a single read never
    /// blocks.
    private static func line(from terminal: Int32, until deadline: ContinuousClock.Instant) async -> Typed {
        while !Task.isCancelled {
            guard .now < deadline else { return .late }
            var ready = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
            if poll(&ready, 1, 0) == 1 {
                var bytes = [UInt8](repeating: 0, count: 4096)
                let count = read(terminal, &bytes, bytes.count)
                guard count > 0 else { return .ended }
                return .typed(String(decoding: bytes[..<count].prefix { $0 != 10 && $0 != 0 }, as: UTF8.self))
            }
            try? await Task.sleep(for: .milliseconds(50))
        }
        return .cancelled
    }

    private static func put(_ text: String, _ terminal: Int32) {
        _ = Array(text.utf8).withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
    }
}
