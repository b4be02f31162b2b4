import Foundation
import Glibc
import Testing

@testable import Reports
@testable import TurnstileCommands

/// A question has the terminal to itself.
@Suite struct TerminalHoldTests {
    @Test func linesWaitAndLivingOnesAreLeftOut() throws {
        var (controller, terminal): (Int32, Int32) = (-1, -1)
        try #require(openpty(&controller, &terminal, nil, nil, nil) == 0)
        let output = FileHandle(fileDescriptor: terminal, closeOnDealloc: true)
        defer { close(controller) }
        let hold = TerminalHold()
        #expect(!hold.takes("before\n", for: output))
        hold.begin()
        #expect(hold.takes(Terminal.eraseLine + "1 of 2 hosts", for: output))
        #expect(hold.takes("a line\n", for: output))
        // Data that goes to a file waits for nobody.
        let pipe = Pipe()
        #expect(!hold.takes("data\n", for: pipe.fileHandleForWriting))
        hold.end()
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = read(controller, &bytes, bytes.count)
        #expect(String(decoding: bytes[..<max(0, count)], as: UTF8.self) == "a line\r\n")
        #expect(!hold.takes("after\n", for: output))
    }
}
