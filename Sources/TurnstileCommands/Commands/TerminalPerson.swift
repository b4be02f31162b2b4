import Foundation
import Glibc
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
            return .absent(why: "there is no terminal, and no program in SSH_ASKPASS")
        }
        return .there { question in
            await self.ask(question) {
                if let askpass { await askpass.ask($0.prompt) } else { await Self.typed($0) }
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
        guard let terminal = fopen("/dev/tty", "r+e") else { return nil }
        defer { fclose(terminal) }
        var settings = termios()
        guard tcgetattr(fileno(terminal), &settings) == 0 else { return nil }
        var quiet = settings
        if question.isSecret { quiet.c_lflag &= ~tcflag_t(ECHO) }
        tcsetattr(fileno(terminal), TCSAFLUSH, &quiet)
        defer { tcsetattr(fileno(terminal), TCSAFLUSH, &settings) }
        TerminalHold.shared.begin()
        defer { TerminalHold.shared.end() }
        fputs(Terminal.eraseLine + question.prompt, terminal)
        fflush(terminal)
        guard await isReadable(fileno(terminal), until: .now + time(for: question)) else {
            fputs("\nnot answered in time\n", terminal)
            return nil
        }
        var line = [CChar](repeating: 0, count: 1024)
        guard fgets(&line, Int32(line.count), terminal) != nil else { return nil }
        if question.isSecret { fputs("\n", terminal) }
        let bytes = line.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A terminal is readable once a line is complete.
    private static func isReadable(_ descriptor: Int32, until deadline: ContinuousClock.Instant) async -> Bool
    {
        while !Task.isCancelled, .now < deadline {
            var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&ready, 1, 0) == 1 { return true }
            try? await Task.sleep(for: .milliseconds(50))
        }
        return false
    }
}
