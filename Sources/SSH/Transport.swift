import CLibSSH2
import Glibc

/// The bytes between one libssh2 session and its socket, which libssh2 itself never touches.
///
/// libssh2 reads and writes through this type, for one reason: a write that libssh2 sees refused (EAGAIN) must be
/// repeated with the same arguments before any other packet, or the session is spoilt (-39), and some of its packets
/// live on a stack frame that is gone by then (`libssh2_channel_send_eof`, keepalives). A write is always accepted
/// here: bytes that the socket does not take are kept. So no call stops half way through a packet, and any number of
/// operations may interleave on a session. The price is a bound to keep: while many bytes are kept, no more are read
/// and no channel data is offered.
final class Transport {
    /// The number of unsent bytes beyond which reading stops and channel data waits.
    static let outboundHigh = 256 << 10
    /// The number of bytes that are read while no operation waits for them.
    static let inboundMax = 64 << 10
    /// The number of bytes that may be read before others on the loop get a turn.
    static let turn = 512 << 10
    /// The maximum number of times in one turn that libssh2 may ask in vain; one time is usual.
    private static let vainReadsMax = 1_000
    /// The number of waits for the socket after that, and the length of each in milliseconds.
    private static let (waitsMax, wait): (Int, Int32) = (50, 10)

    let descriptor: Int32
    /// Tells why the stream ended, where that is known.
    private let fate: StreamFate?
    /// False once the socket had no more bytes, until it is reported readable again.
    private var isReadable = true
    private var outbound = ByteQueue()
    private var inbound = ByteQueue()
    private var turnLeft = turn
    private var vainReads = 0
    /// Bytes given to libssh2.
    private(set) var received: UInt64 = 0
    /// Bytes taken from the socket.
    private(set) var heard: UInt64 = 0
    /// The reason why no more bytes will come. libssh2 is told only "not now", so that the bytes already here can still
    /// be read.
    private(set) var ending: String?
    /// The server's words when it hung up.
    private(set) var farewell: String?
    private(set) var greeting = ServerGreeting()
    private(set) var offer = ServerOffer()
    /// The login that waits for answers now.
    var dialogue: KeyboardDialogue?
    /// True once libssh2 is to find the socket broken and wait for nothing, because its session is about to be freed.
    var isDiscarded = false

    init(descriptor: Int32, fate: StreamFate? = nil) {
        self.descriptor = descriptor
        self.fate = fate
    }

    deinit { close(descriptor) }

    var isTurnOver: Bool { turnLeft <= 0 }
    var isFull: Bool { outbound.count >= Self.outboundHigh }

    func beginTurn() { (turnLeft, vainReads) = (Self.turn, 0) }

    func noteReadable() { isReadable = true }

    /// The events that the socket is to be watched for.
    var interest: SocketEvents {
        var events: SocketEvents = []
        if inbound.count < Self.inboundMax, !isFull { events.insert(.readable) }
        if !outbound.isEmpty { events.insert(.writable) }
        return events
    }

    func end(_ why: String) {
        if ending == nil { ending = farewell.map { "the server said '\($0)'" } ?? fate?.why ?? why }
    }

    func bid(farewell message: String) { farewell = message }

    /// Takes the bytes that libssh2 sends. Never refuses.
    func send(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard ending == nil, !isDiscarded else { return bytes.count }
        var sent = 0
        if outbound.isEmpty { sent = write(bytes) }
        if sent < bytes.count, ending == nil {
            outbound.append(UnsafeRawBufferPointer(rebasing: bytes[sent...]))
        }
        return bytes.count
    }

    func flush() {
        while !outbound.isEmpty, ending == nil {
            let sent = outbound.withBytes { write($0) }
            guard sent > 0 else { return }
            outbound.removeFirst(sent)
        }
    }

    private func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        while true {
            let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            if count >= 0 { return count }
            switch errno {
            case EINTR: continue
            case EAGAIN: return 0
            default:
                end("\(SystemFault.last)")
                return 0
            }
        }
    }

    /// Gives libssh2 the bytes that have come.
    ///
    /// - Returns: a count of bytes, or an errno negated, as libssh2 wants it.
    func receive(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard !isDiscarded else { return -Int(ECONNRESET) }
        guard turnLeft > 0, !isFull else { return -Int(EAGAIN) }
        // libssh2 reads the banner byte by byte.
        if inbound.isEmpty, buffer.count < 4096 { _ = fill(4096) }
        let count = inbound.isEmpty ? max(0, read(buffer)) : inbound.take(buffer)
        guard count > 0 else { return nothing() }
        vainReads = 0
        turnLeft -= count
        received += UInt64(count)
        listen(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]))
        return count
    }

    /// Handles a read without bytes. libssh2 1.10 asks without end where a server refuses SFTP, until the server has
    /// closed the channel. The server's answer is waited for here then; without one the connection is given up.
    private func nothing() -> Int {
        vainReads += 1
        guard vainReads > Self.vainReadsMax else { return -Int(EAGAIN) }
        guard ending == nil, vainReads <= Self.vainReadsMax + Self.waitsMax else { return -Int(ECONNRESET) }
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        if poll(&ready, 1, Self.wait) == 1 { isReadable = true }
        return -Int(EAGAIN)
    }

    /// Reads the unencrypted beginning of the conversation.
    private func listen(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        if !greeting.isOver {
            let count = greeting.take(rest)
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        if !offer.isOver { offer.take(rest) }
    }

    /// Reads bytes while no operation waits for them, so that the end of a connection is noticed.
    func absorb() {
        while inbound.count < Self.inboundMax, fill(16 << 10) {}
    }

    private func fill(_ count: Int) -> Bool {
        guard ending == nil else { return false }
        return withUnsafeTemporaryAllocation(byteCount: count, alignment: 1) { buffer in
            let count = read(buffer)
            if count > 0 { inbound.append(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
            return count > 0
        }
    }

    private func read(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard isReadable else { return 0 }
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { heard += UInt64(count) }
            if count == 0 { end("the server closed it") }
            if count >= 0 { return count }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                isReadable = false
                return 0
            default:
                end("\(SystemFault.last)")
                return 0
            }
        }
    }
}

/// A queue of bytes, first in, first out.
struct ByteQueue {
    private var bytes: [UInt8] = []
    private var start = 0

    var count: Int { bytes.count - start }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }

    func withBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start...])) }
    }

    mutating func removeFirst(_ count: Int) {
        start += count
        if start == bytes.count {
            bytes = []
            start = 0
        } else if start > 64 << 10 {
            bytes.removeFirst(start)
            start = 0
        }
    }

    mutating func take(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        let taken = min(count, buffer.count)
        withBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<taken])) }
        removeFirst(taken)
        return taken
    }
}
