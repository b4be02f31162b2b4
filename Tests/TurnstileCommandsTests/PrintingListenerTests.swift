import Foundation
import Glibc
import Testing

@testable import RolloutJournal
@testable import TurnstileCommands

/// The entries on standard output, for a reader that takes none for a while.
@Suite struct PrintingListenerTests {
    /// A pipe that takes nothing more until it is read.
    private struct FullPipe {
        let pipe = Pipe()
        let bytes: Int

        init() throws {
            let end = pipe.fileHandleForWriting.fileDescriptor
            let flags = fcntl(end, F_GETFL)
            try #require(fcntl(end, F_SETFL, flags | O_NONBLOCK) == 0)
            var count = 0
            while true {
                let written = Glibc.write(end, [UInt8](repeating: 0x20, count: 4096), 4096)
                guard written > 0 else { break }
                count += written
            }
            try #require(errno == EAGAIN && fcntl(end, F_SETFL, flags) == 0)
            bytes = count
        }

        func empty() throws {
            let found = try pipe.fileHandleForReading.read(upToCount: bytes)
            try #require(found?.count == bytes)
        }

        func closeAndReadRest() throws -> [Substring] {
            try pipe.fileHandleForWriting.close()
            let rest = try pipe.fileHandleForReading.readToEnd() ?? Data()
            return String(decoding: rest, as: UTF8.self)[...].split(separator: "\n")
        }
    }

    private func audience(_ listener: JournalListener, _ patience: Duration) -> JournalAudience {
        JournalAudience([listener], patience: patience, say: { _ in })
    }

    private func line(_ number: Int) -> [UInt8] { Array("{\"n\":\(number)}\n".utf8) }

    @Test func aFullPipeHoldsNothingUp() async throws {
        let full = try FullPipe()
        let listener = JournalListener.printing(to: full.pipe.fileHandleForWriting)
        try await audience(listener, .milliseconds(50)).attend { listener.appended(line(1)) }
        #expect(listener.left() == 1)
        // Lets the thread of the write end, before nobody reads any more.
        try full.empty()
        let written = try full.pipe.fileHandleForReading.read(upToCount: line(1).count)
        #expect(written == Data(line(1)))
    }

    @Test func entriesThatDidNotFitAreCounted() async throws {
        let full = try FullPipe()
        let listener = JournalListener.printing(to: full.pipe.fileHandleForWriting)
        let count = JournalListener.entriesWaitingMax + 5
        try await audience(listener, .seconds(600)).attend {
            for number in 1...count { listener.appended(line(number)) }
            try full.empty()
        }
        var lines = try full.closeAndReadRest()
        let popped = lines.popLast()
        let last = try #require(popped)
        #expect(lines.first == "{\"n\":1}" && lines.count < count)
        #expect(last == "{\"dropped\":\(count - lines.count)}")
    }
}
