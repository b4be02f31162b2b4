import Glibc
import Synchronization
import SystemPackage

/// A socket that takes calls and never answers.
struct LocalListener: ~Copyable {
    let descriptor: Int32

    /// - Parameter port: of the loopback interface, any free one for 0.
    init(port: UInt16 = 0) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = port.bigEndian
        try Self.listen(descriptor, &address)
    }

    init(path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        try Self.listen(descriptor, &address)
    }

    private static func listen<Address>(_ descriptor: Int32, _ address: inout Address) throws {
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
        guard code == 0, Glibc.listen(descriptor, 16) == 0 else { throw Errno(rawValue: errno) }
    }

    deinit { close(descriptor) }

    var port: UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    /// A port on which nothing listens, for a server to be started or for none.
    ///
    /// The port is below those that the system gives to outgoing calls (from 32768 on), and is given out once: no other
    /// test can take it meanwhile.
    static func freePort() throws -> UInt16 {
        for _ in 0..<100 {
            let next = nextPort.wrappingAdd(1, ordering: .relaxed).oldValue
            let port = lowestPort + next % (32_768 - lowestPort)
            if (try? LocalListener(port: port)) != nil { return port }
        }
        throw Errno.addressInUse
    }

    private static let lowestPort: UInt16 = 10_000
    private static let nextPort = Atomic<UInt16>(.random(in: 0..<20_000))
}
