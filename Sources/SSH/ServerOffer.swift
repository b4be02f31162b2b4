/// The algorithms that a server names in the first packet after its version (RFC 4253 section 7.1), which goes by in the clear.
/// libssh2 tells only that none was shared.
struct ServerOffer {
    /// No packet is longer. In bytes.
    private static let packetMax = 35_000
    private static let kexInit: UInt8 = 20

    private var isVersionOver = false
    private var packet: [UInt8] = []
    private var needed = 4
    private(set) var lists: [SSHAlgorithms.Class: [String]] = [:]
    private(set) var isOver = false

    /// - Parameter bytes: from the version on, as they come.
    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !isOver, !rest.isEmpty {
            if isVersionOver {
                let count = min(needed - packet.count, rest.count)
                packet += rest.prefix(count)
                rest = rest.dropFirst(count)
                if packet.count == needed { readOn() }
            } else if rest.removeFirst() == UInt8(ascii: "\n") {
                isVersionOver = true
            }
        }
    }

    private mutating func readOn() {
        var reader = WireReader(packet)
        guard let length = reader.uint32(), length < Self.packetMax else { return isOver = true }
        guard packet.count > 4 else {
            needed = 4 + Int(length)
            isOver = length < 2
            return
        }
        isOver = true
        // The padding's length, the kind of message, and the cookie.
        guard reader.byte() != nil, reader.byte() == Self.kexInit,
            (0..<16).allSatisfy({ _ in reader.byte() != nil })
        else { return }
        // From the server to us is as from us to it with every server there is; one of the two is enough.
        for kind in [SSHAlgorithms.Class.keyExchange, .hostKey, .cipher, nil, .mac] {
            guard let names = reader.string() else { return }
            guard let kind else { continue }
            lists[kind] = names.prefix(4000).split(separator: UInt8(ascii: ",")).map {
                String(decoding: $0.prefix(64).map { 33...126 ~= $0 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
            }
        }
    }
}
