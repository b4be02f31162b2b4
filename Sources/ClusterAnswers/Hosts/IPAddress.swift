import HostFiles

/// An internet address, independent of its spelling.
public struct IPAddress: Hashable, Sendable {
    /// 4 or 16 bytes. Version 4 inside version 6 (`::ffff:10.0.0.1`) is version 4.
    public let bytes: [UInt8]

    /// Parses an address of either version; a zone after `%` is ignored.
    public init?(_ text: some StringProtocol) {
        let words = String(text).split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bare = words.first, let address = IPAddress(v4: bare) ?? IPAddress(v6: bare) else {
            return nil
        }
        self = address
    }

    private init(bytes: [UInt8]) {
        let prefix = [UInt8](repeating: 0, count: 10) + [0xff, 0xff]
        self.bytes = bytes.count == 16 && Array(bytes.prefix(12)) == prefix ? Array(bytes.suffix(4)) : bytes
    }

    /// Parses `10.0.0.1`, and the other forms that the C library accepts: `127.1`, `0x7f000001`, `2130706433`.
    init?(v4 text: Substring) {
        let words = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = words.compactMap(Self.number)
        guard (1...4).contains(words.count), numbers.count == words.count, let last = numbers.last else {
            return nil
        }
        let first = numbers.dropLast()
        let room = 4 - first.count
        guard first.allSatisfy({ $0 <= 255 }), last < UInt64(1) << UInt64(8 * room) else { return nil }
        let tail = (0..<room).reversed().map { UInt8(truncatingIfNeeded: last >> UInt64(8 * $0)) }
        self.init(bytes: first.map { UInt8(truncatingIfNeeded: $0) } + tail)
    }

    /// Decimal, `0x…` or, with a zero before it, octal.
    private static func number(_ word: Substring) -> UInt64? {
        guard !word.isEmpty, word.utf8.count <= 12, word.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }) else {
            return nil
        }
        if word.hasPrefix("0x") || word.hasPrefix("0X") { return UInt64(word.dropFirst(2), radix: 16) }
        if word.hasPrefix("0"), word.utf8.count > 1 { return UInt64(word.dropFirst(), radix: 8) }
        return UInt64(word, radix: 10)
    }

    /// Parses an IPv6 address without brackets and zone.
    init?(v6 text: Substring) {
        guard text.utf8.contains(UInt8(ascii: ":")), text.utf8.count <= 45 else { return nil }
        let halves = Self.halves(of: text)
        guard let halves, let head = Self.groups(halves.head),
            let tail = halves.tail.map(Self.groups) ?? [UInt8]()
        else { return nil }
        guard halves.tail != nil else {
            guard head.count == 16 else { return nil }
            self.init(bytes: head)
            return
        }
        guard head.count + tail.count <= 14 else { return nil }
        self.init(bytes: head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail)
    }

    /// The texts before and after `::`; the tail is nil if there is no `::`.
    private static func halves(of text: Substring) -> (head: Substring, tail: Substring?)? {
        let bytes = Array(text.utf8)
        let colon = UInt8(ascii: ":")
        let gaps = bytes.indices.dropLast().filter { bytes[$0] == colon && bytes[$0 + 1] == colon }
        guard let gap = gaps.first else { return (text, nil) }
        guard gaps.count == 1 else { return nil }
        return (
            Substring(decoding: bytes[..<gap], as: UTF8.self),
            Substring(decoding: bytes[(gap + 2)...], as: UTF8.self)
        )
    }

    private static func groups(_ text: Substring) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        let words = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, word) in words.enumerated() {
            if index == words.count - 1, word.utf8.contains(UInt8(ascii: ".")) {
                guard word.split(separator: ".", omittingEmptySubsequences: false).count == 4,
                    let v4 = IPAddress(v4: word)
                else { return nil }
                bytes += v4.bytes
            } else {
                guard (1...4).contains(word.utf8.count), word.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }),
                    word.utf8.allSatisfy({ $0 != UInt8(ascii: "-") }), let group = UInt16(word, radix: 16)
                else { return nil }
                bytes += [UInt8(group >> 8), UInt8(group & 0xff)]
            }
        }
        return bytes
    }

    /// True for a loopback or unspecified address, at which a host reaches itself.
    public var isLocal: Bool {
        if bytes.count == 4 { return bytes[0] == 127 || bytes[0] == 0 }
        return bytes.dropLast().allSatisfy { $0 == 0 } && (bytes.last ?? 2) <= 1
    }
}
