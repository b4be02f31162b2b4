import Glibc

/// Two connected sockets of this machine, which programs that are started do not inherit.
struct SocketPair {
    /// The near end, which does not block.
    var near: Int32
    var far: Int32

    /// - Parameter farBlocks: true if a program is to read and write the far end.
    init(farBlocks: Bool) throws(SystemFault) {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw .last }
        (near, far) = (ends[0], ends[1])
        for end in farBlocks ? [near] : ends {
            _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
        }
    }
}
