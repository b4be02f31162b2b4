/// The lines of a server before its SSH version: text is allowed there (RFC 4253 section 4.2), and is all that
/// something else than an SSH server ever says.
struct ServerGreeting {
    /// No server of SSH says more before its version. In bytes.
    private static let bytesMax = 16 << 10
    private static let lineMax = 255
    private static let version = Array("SSH-".utf8)

    private var line: [UInt8] = []
    private var first: [UInt8]?
    private var count = 0
    /// The version was named: what comes now is the protocol.
    private(set) var isOver = false

    /// True if the greeting has gone on for too long.
    var isHopeless: Bool { !isOver && count > Self.bytesMax }

    /// The first line, when it is all there was in place of a version.
    var saidInstead: String? {
        let text = first ?? line
        guard !isOver, !text.isEmpty else { return nil }
        return text.withUnsafeBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                characters.baseAddress.map { Transport.text($0, count: min(characters.count, 80)) }
            }
        }
    }

    /// - Returns: how many of these belong to it.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        for (index, byte) in bytes.enumerated() {
            guard !isOver else { return index }
            count += 1
            if byte == UInt8(ascii: "\n") {
                if first == nil { first = line }
                line = []
            } else if byte != UInt8(ascii: "\r"), line.count < Self.lineMax {
                line.append(byte)
                isOver = line == Self.version
            }
        }
        return bytes.count
    }
}
