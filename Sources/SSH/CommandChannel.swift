import CLibSSH2
import Glibc

/// A command that runs on a channel, from its start to its exit. Confined to its session.
struct CommandChannel {
    let channel: OpaquePointer
    let input: [UInt8]
    private var inputSent = 0
    private var isInputEnded = false
    private var readsErrorFirst = false

    enum Event: Sendable {
        case output(OutputChunk)
        case ended(CommandExit)
    }

    private static let chunkBytes = 32 << 10

    init(channel: OpaquePointer, input: [UInt8]) {
        self.channel = channel
        self.input = input
    }

    /// Sends what input there is room for, and takes one piece of output.
    ///
    /// - Returns: nil if it would block.
    /// - Throws: the code of libssh2.
    mutating func step(mayWrite: () -> Bool) throws(LibraryCode) -> Event? {
        try sendInput(mayWrite: mayWrite)
        // In turn, so that neither starves the other.
        readsErrorFirst.toggle()
        for isError in [readsErrorFirst, !readsErrorFirst] {
            let bytes = try read(isError ? SSH_EXTENDED_DATA_STDERR : 0)
            if !bytes.isEmpty { return .output(isError ? .stderr(bytes) : .stdout(bytes)) }
        }
        guard libssh2_channel_eof(channel) == 1 else { return nil }
        let code = libssh2_channel_wait_closed(channel)
        if code == LIBSSH2_ERROR_EAGAIN { return nil }
        guard code == 0 else { throw LibraryCode(code) }
        return .ended(exit)
    }

    private mutating func sendInput(mayWrite: () -> Bool) throws(LibraryCode) {
        while inputSent < input.count, mayWrite() {
            let count = input[inputSent...].withUnsafeBytes {
                libssh2_channel_write_ex(
                    channel, 0, $0.baseAddress?.assumingMemoryBound(to: CChar.self),
                    min($0.count, Self.chunkBytes))
            }
            if count == Int(LIBSSH2_ERROR_EAGAIN) || count == 0 { return }
            guard count > 0 else { throw LibraryCode(Int32(clamping: count)) }
            inputSent += count
        }
        guard inputSent == input.count, !isInputEnded else { return }
        let code = libssh2_channel_send_eof(channel)
        if code == LIBSSH2_ERROR_EAGAIN { return }
        guard code == 0 else { throw LibraryCode(code) }
        isInputEnded = true
    }

    private func read(_ stream: Int32) throws(LibraryCode) -> [UInt8] {
        var fault: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { buffer, count in
            let read = buffer.withMemoryRebound(to: CChar.self) {
                libssh2_channel_read_ex(channel, stream, $0.baseAddress, $0.count)
            }
            count = max(0, read)
            if read < 0, read != Int(LIBSSH2_ERROR_EAGAIN) { fault = Int32(clamping: read) }
        }
        if fault != 0 { throw LibraryCode(fault) }
        return bytes
    }

    private var exit: CommandExit {
        var name: UnsafeMutablePointer<CChar>?
        var count = 0
        libssh2_channel_get_exit_signal(channel, &name, &count, nil, nil, nil, nil)
        guard let name else { return .status(libssh2_channel_get_exit_status(channel)) }
        // Made with this session's allocator, which is the system's.
        defer { free(name) }
        return .signal(Transport.text(name, count: min(count, 32)))
    }
}

/// A failure that libssh2 reported.
struct LibraryCode: Error {
    var code: Int32
    init(_ code: Int32) { self.code = code }
}
