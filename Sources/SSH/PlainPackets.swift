/// The packets that an SSH server sends before keys are taken up (RFC 4253 section 6), after its greeting and its
/// version.
struct PlainPackets {
    struct Broken: Error {}

    /// OpenSSH takes packets of up to 256 KiB; a certificate with 256 names is much shorter. In bytes.
    private static let packetMax = 64 << 10
    /// Of all that is taken in. In bytes.
    private static let totalMax = 256 << 10

    private var bytes: ArraySlice<UInt8> = []
    private var total = 0
    private var isVersionOver = false

    /// - Throws: where the server goes on for too long.
    mutating func append(_ more: some Collection<UInt8>) throws(Broken) {
        total += more.count
        guard total <= Self.totalMax else { throw Broken() }
        bytes += more
    }

    /// The content of the next packet; nil while it has not come.
    mutating func next() throws(Broken) -> [UInt8]? {
        while !isVersionOver {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            isVersionOver = bytes.starts(with: "SSH-".utf8)
            bytes = bytes[(end + 1)...]
        }
        var reader = WireReader(bytes)
        guard let length = reader.uint32() else { return nil }
        guard (2...UInt32(Self.packetMax)).contains(length) else { throw Broken() }
        guard reader.count >= Int(length), let padding = reader.byte() else { return nil }
        guard Int(padding) + 1 < Int(length) else { throw Broken() }
        defer { bytes = bytes.dropFirst(4 + Int(length)) }
        return Array(bytes.dropFirst(5).prefix(Int(length) - 1 - Int(padding)))
    }

    /// A packet to send.
    static func packet(_ content: [UInt8]) -> [UInt8] {
        // The whole is a multiple of 8, and at least 4 of it are padding.
        let padding = 4 + (8 - (content.count + 9) % 8) % 8
        var packet = WireWriter()
        packet.uint32(1 + content.count + padding)
        packet.byte(UInt8(truncatingIfNeeded: padding))
        return packet.bytes + content + [UInt8](repeating: 0, count: padding)
    }
}
