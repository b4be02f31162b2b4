public import HostFiles

/// `ip -o address show`: the addresses of a host, one a line.
public struct HostAddressList: Hashable, Sendable {
    public var addresses: Set<IPAddress> = []

    /// Lines that are no address are passed over: `ip` prints properties of its own after each.
    public init(_ text: String) throws(MalformedText) {
        for line in try TextBounds.small.lines(of: text, as: .hostAddresses) {
            let words = line.text.split(separator: " ")
            guard let index = words.firstIndex(where: { $0 == "inet" || $0 == "inet6" }),
                index + 1 < words.count, let bare = words[index + 1].split(separator: "/").first,
                let address = IPAddress(bare)
            else { continue }
            addresses.insert(address)
        }
    }
}
