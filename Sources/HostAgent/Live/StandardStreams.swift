import AgentProtocol
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The two ends of the conversation.
public enum StandardStreams {
    /// Writes one message to standard output.
    ///
    /// Errors are dropped on purpose: nobody may be listening any more, and the step goes on all the same.
    public static func write(_ message: AgentMessage) {
        guard let line = try? Wire.line(message) else { return }
        _ = try? FileDescriptor.standardOutput.writeAll(line)
    }

    /// The first line of standard input, without waiting longer than `allowed` for any part of it.
    ///
    /// Ends early at the end of input and at `Wire.lineBytesMax`; whether that is a request is for the reader to say.
    public static func requestLine(allowed: Duration) -> [UInt8] {
        var line: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4 << 10)
        while line.count <= Wire.lineBytesMax, waitForInput(allowed) {
            let count =
                (try? chunk.withUnsafeMutableBytes { try FileDescriptor.standardInput.read(into: $0) }) ?? 0
            guard count > 0 else { return line }
            if let newline = chunk[..<count].firstIndex(of: UInt8(ascii: "\n")) {
                return line + chunk[..<newline]
            }
            line += chunk[..<count]
        }
        return line
    }

    private static func waitForInput(_ allowed: Duration) -> Bool {
        var input = pollfd(fd: FileDescriptor.standardInput.rawValue, events: Int16(POLLIN), revents: 0)
        return poll(&input, 1, Int32(clamping: allowed.components.seconds * 1_000)) > 0
    }
}
