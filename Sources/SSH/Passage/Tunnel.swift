import CLibSSH2
import Glibc

/// A channel to another host, and the socket whose other end a session of that host reads and writes. Confined to the
/// session that has the channel.
final class Tunnel {
    /// How much is moved at once, in bytes.
    private static let blockBytes = 32 << 10

    let channel: OpaquePointer
    let socket: Int32
    let token: UInt64
    let fate: StreamFate
    /// Bytes for the channel that it had no room for.
    private var outward = ByteQueue()
    /// Bytes for the socket that it had no room for.
    private var inward = ByteQueue()
    private var socketIsReadable = true
    private var socketIsWritable = true
    /// The other session has closed its end, and may have left bytes.
    private var isHungUp = false
    /// The other session has closed its end, and nothing of it is left.
    private var isAbandoned = false
    /// The host has closed its end.
    private var isFinished = false
    var watched: SocketEvents?

    init(channel: OpaquePointer, socket: Int32, token: UInt64, fate: StreamFate) {
        self.channel = channel
        self.socket = socket
        self.token = token
        self.fate = fate
    }

    deinit { close(socket) }

    /// True once no bytes are left to move.
    var isOver: Bool { isAbandoned || (isFinished && inward.isEmpty) }

    /// The events to watch the socket for.
    var interest: SocketEvents {
        var events: SocketEvents = []
        // Bytes that are known to be there are read as soon as there is room for them.
        if outward.isEmpty, !socketIsReadable { events.insert(.readable) }
        if !inward.isEmpty { events.insert(.writable) }
        return events
    }

    func note(_ events: SocketEvents) {
        if !events.isDisjoint(with: [.readable, .hungUp]) { socketIsReadable = true }
        if !events.isDisjoint(with: [.writable, .hungUp]) { socketIsWritable = true }
        if !events.isDisjoint(with: .hungUp) { isHungUp = true }
    }

    /// Moves what can be moved without waiting.
    ///
    /// - Parameter mayWrite: whether the channel's own connection has room.
    func pump(mayWrite: () -> Bool) {
        moveInward()
        moveOutward(mayWrite: mayWrite)
        // The rest would have no reader for its answer, and epoll reports a hung-up socket without end.
        if isHungUp { isAbandoned = true }
    }

    private func moveInward() {
        withUnsafeTemporaryAllocation(byteCount: Self.blockBytes, alignment: 1) { block in
            while flushInward(), !isFinished {
                let count = libssh2_channel_read_ex(
                    channel, 0, block.baseAddress?.assumingMemoryBound(to: CChar.self), block.count)
                if count > 0 {
                    inward.append(UnsafeRawBufferPointer(rebasing: block[..<count]))
                } else if count == 0, libssh2_channel_eof(channel) == 1 {
                    finish("the host closed it")
                } else if count == Int(LIBSSH2_ERROR_EAGAIN) || count == 0 {
                    return
                } else {
                    finish("the channel failed (libssh2 \(count))")
                }
            }
        }
    }

    private func finish(_ why: String) {
        isFinished = true
        fate.tell(why)
    }

    /// - Returns: whether everything went.
    private func flushInward() -> Bool {
        while !inward.isEmpty, socketIsWritable {
            let count = inward.withBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count > 0 { inward.removeFirst(count) } else { settle(isReading: false) }
        }
        return inward.isEmpty
    }

    private func moveOutward(mayWrite: () -> Bool) {
        while !isAbandoned, !isFinished, mayWrite() {
            if outward.isEmpty { fillOutward() }
            guard !outward.isEmpty else { return }
            let count = outward.withBytes {
                libssh2_channel_write_ex(
                    channel, 0, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
            }
            if count > 0 {
                outward.removeFirst(count)
            } else if count == Int(LIBSSH2_ERROR_EAGAIN) || count == 0 {
                return
            } else {
                finish("the channel failed (libssh2 \(count))")
            }
        }
    }

    private func fillOutward() {
        withUnsafeTemporaryAllocation(byteCount: Self.blockBytes, alignment: 1) { block in
            while socketIsReadable, !isAbandoned {
                let count = recv(socket, block.baseAddress, block.count, 0)
                if count > 0 { return outward.append(UnsafeRawBufferPointer(rebasing: block[..<count])) }
                if count == 0 { isAbandoned = true } else { settle(isReading: true) }
            }
        }
    }

    /// After a call on the socket that failed.
    private func settle(isReading: Bool) {
        switch errno {
        case EINTR: break
        case EAGAIN: if isReading { socketIsReadable = false } else { socketIsWritable = false }
        default: isAbandoned = true
        }
        if isAbandoned { (inward, socketIsWritable) = (ByteQueue(), false) }
    }
}
