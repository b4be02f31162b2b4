import Foundation
import Glibc
import RolloutModel
import SSH
import Synchronization

/// The person at the terminal, or at the program that SSH_ASKPASS names, who is asked one thing at a time.
final class TerminalPerson: Sendable {
    static let shared = TerminalPerson()

    private let turns = Slots(count: 1)
    private let hasDeclined = Mutex(false)

    /// Nobody, where there is neither.
    var person: Person {
        let hasTerminal = Self.hasTerminal
        let askpass = Askpass(environment: ProcessInfo.processInfo.environment, hasTerminal: hasTerminal)
        guard hasTerminal || askpass != nil else {
            return .absent(
                why: "there is no terminal, and no program in SSH_ASKPASS",
                remedy: "Give the command at a terminal, or name a program in SSH_ASKPASS that answers")
        }
        return .there { question in
            await self.ask(question) {
                guard let askpass else { return await Self.typed($0) }
                return await askpass.ask(ForeignText.line($0.prompt), for: Self.time(for: $0))
            }
        }
    }

    /// A person who declines a host's question is asked by no other host: there may be hundreds of them.
    private func ask(
        _ question: LoginQuestion, _ body: (LoginQuestion) async -> String?
    ) async -> String? {
        await turns.enter()
        let answer = await answer(to: question, body)
        await turns.leave()
        return answer
    }

    private func answer(
        to question: LoginQuestion, _ body: (LoginQuestion) async -> String?
    ) async -> String? {
        if case .passphrase = question { return await body(question) }
        guard !hasDeclined.withLock({ $0 }) else { return nil }
        var answer = await body(question)
        if case .password = question, answer == "" { answer = nil }
        if answer == nil { hasDeclined.withLock { $0 = true } }
        return answer
    }

    private static var hasTerminal: Bool {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return false }
        close(terminal)
        return true
    }

    /// How long a person may take. A server ends a login after 120 s unless its LoginGraceTime says otherwise.
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

    /// A terminal is readable once a line is complete, or ^D was typed: read once, it never blocks.
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
