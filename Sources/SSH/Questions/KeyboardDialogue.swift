import CLibSSH2
import Glibc
import Synchronization

/// A login by questions and answers (RFC 4256). libssh2 wants the answers while it asks, so it is called on a thread of its
/// own, which waits here for the person.
final class KeyboardDialogue: Sendable {
    /// How often a server may ask.
    static let roundsMax = 10
    /// How many lines it may ask for at once.
    static let linesMax = 16
    /// The longest text of a server that is shown, in bytes.
    static let textMax = 1000

    private struct State {
        var rounds = 0
        var answers: [String] = []
        var words = ""
        var isOver = false
        var isTooMuch = false
    }

    private let state = Mutex(State())
    private let answered = eventfd(0, Int32(EFD_CLOEXEC))
    private let ask: @Sendable (QuestionRound) -> Void

    /// - Parameter ask: is told what the server asks. `answer` is to follow.
    init(ask: @escaping @Sendable (QuestionRound) -> Void) { self.ask = ask }

    deinit { close(answered) }

    /// True if the server asked for more than is answered.
    var isTooMuch: Bool { state.withLock { $0.isTooMuch } }

    /// The last words of the server that asked for nothing: PAM says so why it lets nobody in.
    var words: String { state.withLock { $0.words } }

    func answer(_ answers: [String]) {
        state.withLock { $0.answers = answers }
        eventfd_write(answered, 1)
    }

    /// From now on every question is answered with nothing.
    func end() {
        state.withLock { ($0.answers, $0.isOver) = ([], true) }
        eventfd_write(answered, 1)
    }

    /// A step of the login. Waits for the person where the server asks.
    func step(_ library: OpaquePointer, user: String) -> Int32 {
        guard !isTooMuch else { return LIBSSH2_ERROR_AUTHENTICATION_FAILED }
        return libssh2_userauth_keyboard_interactive_ex(library, user, UInt32(user.utf8.count)) {
            name, nameCount, instruction, instructionCount, count, prompts, responses, owner in
            guard let dialogue = Transport.of(owner)?.dialogue else { return }
            let introduction = [(name, nameCount), (instruction, instructionCount)]
                .map { KeyboardDialogue.text($0.map { UnsafeRawPointer($0) }, Int($1)) }
                .filter { !$0.isEmpty }.joined(separator: " ")
            guard count > 0, let prompts, let responses else { return dialogue.note(introduction) }
            let lines = UnsafeBufferPointer(start: prompts, count: Int(count)).map {
                QuestionRound.Line(
                    words: KeyboardDialogue.text($0.text.map { UnsafeRawPointer($0) }, Int($0.length)),
                    isShown: $0.echo != 0)
            }
            let answers = dialogue.answers(to: QuestionRound(introduction: introduction, lines: lines))
            for (index, answer) in answers.prefix(Int(count)).enumerated() {
                // libssh2 frees it with this session's allocator, which is the system's.
                guard let copy = strdup(answer) else { return }
                responses[index].text = copy
                responses[index].length = UInt32(strlen(copy))
            }
        }
    }

    private func note(_ words: String) {
        state.withLock { state in
            state.rounds += 1
            if state.rounds > Self.roundsMax { state.isTooMuch = true }
            if !words.isEmpty { state.words = words }
        }
    }

    private func answers(to round: QuestionRound) -> [String] {
        let isHeard = state.withLock { state in
            state.rounds += 1
            if state.rounds > Self.roundsMax || round.lines.count > Self.linesMax { state.isTooMuch = true }
            return !state.isOver && !state.isTooMuch
        }
        guard isHeard else { return [] }
        ask(round)
        var ticket = eventfd_t()
        while eventfd_read(answered, &ticket) != 0, errno == EINTR {}
        return state.withLock { $0.answers }
    }

    /// A text of several lines becomes one.
    private static func text(_ bytes: UnsafeRawPointer?, _ count: Int) -> String {
        guard let bytes, count > 0 else { return "" }
        return UnsafeRawBufferPointer(start: bytes, count: min(count, textMax))
            .split { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
            .map { Transport.text($0) }.joined(separator: " ")
    }
}
