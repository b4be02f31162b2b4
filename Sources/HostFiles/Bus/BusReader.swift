/// Reads the values of a D-Bus message in the order in which they stand (D-Bus Specification, "Marshaling"). Numbers have
/// their lowest byte first, as on every machine that CoreOS and Flatcar run on.
struct BusReader {
    private let bytes: ArraySlice<UInt8>
    private var at: Int

    /// Variants in variants, deeper than any answer of systemd's.
    private static let depthMax = 16

    /// - Parameter bytes: the message, whose first index is 0, up to the end of what is to be read.
    init(_ bytes: ArraySlice<UInt8>, from start: Int) {
        self.bytes = bytes
        at = start
    }

    /// True while something is left to be read.
    var hasMore: Bool { at < bytes.endIndex }

    mutating func values(of signature: String) throws(MalformedText) -> [BusValue] {
        var values: [BusValue] = []
        for type in try BusType.all(of: signature) { values.append(try value(type, depth: 0)) }
        return values
    }

    mutating func align(to size: Int) throws(MalformedText) {
        let rest = at % size
        if rest != 0 { _ = try take(size - rest) }
    }

    mutating func number(of size: Int) throws(MalformedText) -> UInt64 {
        try align(to: size)
        return try take(size).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func signature() throws(MalformedText) -> String { try text(length: try number(of: 1)) }

    private mutating func value(_ type: BusType, depth: Int) throws(MalformedText) -> BusValue {
        guard depth < Self.depthMax else { throw damaged("values in values without an end") }
        switch type {
        case .text: return .text(try text(length: try number(of: 4)))
        case .signature: return .text(try signature())
        case .flag: return .flag(try number(of: 4) != 0)
        case .number(let size): return .number(try number(of: size))
        case .signed(let size): return .signed(Self.signed(try number(of: size), of: size))
        case .variant: return try variant(depth: depth)
        case .list(let element): return .list(try list(of: element, depth: depth))
        case .tuple(let types):
            try align(to: 8)
            var values: [BusValue] = []
            for type in types { values.append(try value(type, depth: depth + 1)) }
            return .tuple(values)
        }
    }

    private mutating func variant(depth: Int) throws(MalformedText) -> BusValue {
        let types = try BusType.all(of: try signature())
        guard types.count == 1 else { throw damaged("a variant of \(types.count) types") }
        return try value(types[0], depth: depth + 1)
    }

    private mutating func list(of element: BusType, depth: Int) throws(MalformedText) -> [BusValue] {
        let length = try number(of: 4)
        try align(to: element.alignment)
        guard length <= UInt64(bytes.endIndex - at) else {
            throw damaged("a list that ends after its message")
        }
        let end = at + Int(truncatingIfNeeded: length)
        var values: [BusValue] = []
        while at < end { values.append(try value(element, depth: depth + 1)) }
        guard at == end else { throw damaged("a list that ends inside a value") }
        return values
    }

    /// Ends with a byte of zero, which does not count.
    private mutating func text(length: UInt64) throws(MalformedText) -> String {
        guard length < UInt64(bytes.endIndex - at) else {
            throw damaged("a text that ends after its message")
        }
        let text = try take(Int(truncatingIfNeeded: length))
        guard try take(1).first == 0 else { throw damaged("a text without an end") }
        return String(decoding: text, as: UTF8.self)
    }

    private static func signed(_ number: UInt64, of size: Int) -> Int64 {
        let unused = 64 - 8 * size
        return Int64(bitPattern: number << unused) >> unused
    }

    private mutating func take(_ count: Int) throws(MalformedText) -> ArraySlice<UInt8> {
        guard count <= bytes.endIndex - at else { throw damaged("a message that ends early") }
        defer { at += count }
        return bytes[at..<at + count]
    }

    private func damaged(_ found: String) -> MalformedText {
        .unexpected(.busMessage, found: found, expected: "values of the message's own types")
    }
}
