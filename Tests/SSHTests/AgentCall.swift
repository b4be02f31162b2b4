import Glibc

@testable import SSH

/// Messages of the agent's protocol over a socket, each behind its length.
struct AgentCall: ~Copyable {
    private let descriptor: Int32
    private let isOwn: Bool

    /// - Parameter descriptor: stays open.
    init(descriptor: Int32) { (self.descriptor, isOwn) = (descriptor, false) }

    init?(socket path: String) {
        guard let address = SocketAddress(path: path) else { return nil }
        let made = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard address.withPointer({ connect(made, $0, $1) }) == 0 else {
            close(made)
            return nil
        }
        (descriptor, isOwn) = (made, true)
    }

    deinit { if isOwn { close(descriptor) } }

    func answer(to request: [UInt8]) -> [UInt8]? { write(request) ? read() : nil }

    func read() -> [UInt8]? {
        guard let header = read(4) else { return nil }
        var reader = WireReader(header)
        return reader.uint32().flatMap { read(Int($0)) }
    }

    func write(_ message: [UInt8]) -> Bool {
        var writer = WireWriter()
        writer.string(message)
        return send(descriptor, writer.bytes, writer.bytes.count, Int32(MSG_NOSIGNAL)) == writer.bytes.count
    }

    private func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return recv(descriptor, &bytes, count, Int32(MSG_WAITALL)) == count ? bytes : nil
    }
}
