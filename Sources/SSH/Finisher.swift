import CLibSSH2

/// A channel or an SFTP that libssh2 opens on a session, one at a time: it keeps the half-way state in the session.
enum Opening: Sendable {
    case channel, sftp
    /// A channel to another host, with the request as its bytes.
    case tunnel(request: [UInt8])

    /// Room for what a host may send before it is read. In bytes; libssh2's default is 2 MiB.
    private static let windowBytes: UInt32 = 256 << 10
    private static let packetBytes: UInt32 = 32 << 10

    func open(on library: OpaquePointer) -> OpaquePointer? {
        switch self {
        case .channel:
            libssh2_channel_open_ex(library, "session", 7, Self.windowBytes, Self.packetBytes, nil, 0)
        case .sftp: libssh2_sftp_init(library)
        case .tunnel(let request):
            request.withUnsafeBytes {
                libssh2_channel_open_ex(
                    library, "direct-tcpip", 12, Self.windowBytes, Self.packetBytes,
                    $0.baseAddress?.assumingMemoryBound(to: CChar.self), UInt32($0.count))
            }
        }
    }

    /// Closes and frees what was opened.
    ///
    /// - Returns: false if it would block.
    func discard(_ opened: OpaquePointer) -> Bool {
        switch self {
        case .channel, .tunnel: libssh2_channel_free(opened) != LIBSSH2_ERROR_EAGAIN
        case .sftp: libssh2_sftp_shutdown(opened) != LIBSSH2_ERROR_EAGAIN
        }
    }
}

/// Something to be brought to its end without anyone waiting for it.
enum Finisher {
    case discard(Opening, OpaquePointer)
    /// An open that was given up must be completed before the next can begin.
    case complete(Opening)
}
