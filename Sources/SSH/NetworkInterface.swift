import Glibc

/// A network interface of this machine (`BindInterface` of ssh_config).
struct NetworkInterface {
    /// `IFF_UP` of net/if.h.
    private static let isUp: UInt32 = 1

    var name: String

    /// The address that a connection is to come from, as ssh chooses it: the first of the interface that leads further
    /// than this machine or its link, or else its first.
    ///
    /// - Parameter family: of the address that is called.
    /// - Returns: nil where the interface has none, or is not there.
    func address(_ family: Int32) -> SocketAddress? {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return nil }
        defer { freeifaddrs(list) }
        let entries = sequence(first: list, next: { $0?.pointee.ifa_next }).prefix { $0 != nil }
        let addresses = entries.compactMap { $0.flatMap { address(in: $0.pointee, family) } }
        return addresses.first { !$0.isLocal } ?? addresses.first
    }

    private func address(in entry: ifaddrs, _ family: Int32) -> SocketAddress? {
        guard entry.ifa_flags & Self.isUp != 0, String(cString: entry.ifa_name) == name,
            let address = entry.ifa_addr, Int32(address.pointee.sa_family) == family
        else { return nil }
        switch family {
        case AF_INET: return SocketAddress(address, length: socklen_t(MemoryLayout<sockaddr_in>.size))
        case AF_INET6: return SocketAddress(address, length: socklen_t(MemoryLayout<sockaddr_in6>.size))
        default: return nil
        }
    }
}

extension SocketAddress {
    /// True for an address that leads no further than this machine or its link.
    fileprivate var isLocal: Bool {
        guard let text = numeric else { return false }
        return text == "127.0.0.1" || text == "::1"
            || ["fe8", "fe9", "fea", "feb"].contains { family == AF_INET6 && text.hasPrefix($0) }
    }
}
