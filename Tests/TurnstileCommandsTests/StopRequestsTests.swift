import Foundation
import Glibc
import Testing

@testable import TurnstileCommands

@Suite(.serialized) struct StopRequestsTests {
    typealias Answers = [StopRequests.Answer]

    /// Signals, each at its second, and what they come to together.
    static let courses: [([(Int32, Double)], Answers)] = [
        ([(SIGINT, 0)], [.hold]),
        ([(SIGINT, 0), (SIGINT, 0.1)], [.hold, .cancel]),
        // bash and the kernel.
        ([(SIGHUP, 0), (SIGHUP, 0.01)], [.hold, .heardBefore]),
        ([(SIGHUP, 0), (SIGHUP, 3600)], [.hold, .heardBefore]),
        (
            [(SIGHUP, 0), (SIGHUP, 0), (SIGHUP, 1), (SIGHUP, 9)],
            [.hold, .heardBefore, .heardBefore, .heardBefore]
        ),
        ([(SIGHUP, 0), (SIGINT, 0.1)], [.hold, .cancel]),
        // systemd ends a session.
        ([(SIGTERM, 0), (SIGHUP, 0.001)], [.hold, .heardBefore]),
        ([(SIGHUP, 0), (SIGTERM, 2)], [.hold, .heardBefore]),
        ([(SIGHUP, 0), (SIGTERM, 2), (SIGHUP, 2)], [.hold, .heardBefore, .heardBefore]),
        ([(SIGHUP, 0), (SIGTERM, 60)], [.hold, .cancel]),
        // timeout(1), and a person.
        ([(SIGTERM, 0), (SIGTERM, 0.01)], [.hold, .heardBefore]),
        ([(SIGTERM, 0), (SIGTERM, 3)], [.hold, .cancel]),
        // ^C once, then the terminal is closed.
        ([(SIGINT, 0), (SIGHUP, 5), (SIGHUP, 5.1)], [.hold, .heardBefore, .heardBefore]),
        ([(SIGINT, 0), (SIGTERM, 5)], [.hold, .cancel]),
    ]

    @Test(arguments: courses)
    func whatSignalsComeTo(course: [(Int32, Double)], answers: Answers) {
        let start = ContinuousClock.now
        var requests = StopRequests()
        #expect(course.map { requests.take($0.0, at: start + .seconds($0.1)) } == answers)
    }

    /// Once nobody listens any more, ^C ends the program as it does before: what follows a rollout may take long.
    /// In a process of its own, as other tests change what a signal does to this one.
    @Test func anInterruptIsAnsweredAfterARollout() async {
        await #expect(processExitsWith: .signal(SIGINT)) {
            signal(SIGINT, SIG_DFL)
            for _ in 1...3 { await interruptionIsHeard(on: Interruptions.stream()) }
            try? await endsByInterruption()
        }
    }

    /// The person may think for long, and was heard before.
    @Test func anInterruptEndsAQuestion() async {
        await #expect(processExitsWith: .signal(SIGINT)) {
            signal(SIGINT, SIG_DFL)
            let signals = Interruptions.stream()
            await interruptionIsHeard(on: signals)
            Interruptions.allowed {
                kill(getpid(), SIGINT)
                sleep(60)
            }
            exit(1)
        }
    }

    /// After the answer the rollout goes on, and ^C asks it to hold.
    @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func afterAQuestionASignalIsHeard(number: Int32) async {
        await #expect(processExitsWith: .exitCode(7)) { [number] in
            // Under nohup SIGHUP stays without effect.
            signal(number, SIG_DFL)
            let signals = Interruptions.stream()
            Interruptions.allowed {}
            kill(getpid(), number)
            for await heard in signals { exit(heard.signal == number ? 7 : 1) }
        }
    }

    /// A pipe without a reader, and a terminal that is gone.
    @Test func whatIsPrintedToNobodyEndsNothing() throws {
        Interruptions.outliveReaders()
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        FileHandle(fileDescriptor: ends[1]).put("a line\n")
        close(ends[1])

        let main = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        try #require(main >= 0)
        // TIOCSPTLCK and TIOCGPTN, which are macros that Swift does not see.
        var (lock, number): (Int32, UInt32) = (0, 0)
        #expect(ioctl(main, 0x4004_5431, &lock) == 0 && ioctl(main, 0x8004_5430, &number) == 0)
        let terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        try #require(terminal >= 0)
        close(main)
        let said = write(terminal, "x", 1)
        #expect(said == -1)
        FileHandle(fileDescriptor: terminal).put("a line\n")
        close(terminal)
    }
}

/// Sends ^C and waits until it is heard.
private func interruptionIsHeard(
    on signals: AsyncStream<(signal: Int32, at: ContinuousClock.Instant)>
) async {
    kill(getpid(), SIGINT)
    for await heard in signals where heard.signal == SIGINT { return }
}

private func endsByInterruption() async throws {
    kill(getpid(), SIGINT)
    try await Task.sleep(for: .seconds(60))
    exit(1)
}
