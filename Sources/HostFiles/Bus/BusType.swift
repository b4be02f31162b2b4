/// A complete type of a D-Bus signature (D-Bus Specification, "Type System").
indirect enum BusType: Hashable {
    case text
    case signature
    case flag
    /// Unsigned, of so many bytes.
    case number(Int)
    case signed(Int)
    case variant
    case list(BusType)
    case tuple([BusType])

    /// Deeper than any answer of systemd's.
    private static let depthMax = 16

    /// The alignment of a value in its message, in bytes.
    var alignment: Int {
        switch self {
        case .signature, .variant: 1
        case .text, .flag, .list: 4
        case .number(let size), .signed(let size): size
        case .tuple: 8
        }
    }

    /// The types of a signature, in order.
    ///
    /// - Throws: `MalformedText` for a code that is none of these types, and for brackets without partners.
    static func all(of signature: String) throws(MalformedText) -> [BusType] {
        var codes = Array(signature.utf8)[...]
        var types: [BusType] = []
        while !codes.isEmpty { types.append(try next(&codes, depth: 0)) }
        return types
    }

    private static func next(_ codes: inout ArraySlice<UInt8>, depth: Int) throws(MalformedText) -> BusType {
        guard depth < depthMax, let code = codes.popFirst() else {
            throw unknown("a signature that ends early")
        }
        switch code {
        case UInt8(ascii: "s"), UInt8(ascii: "o"): return .text
        case UInt8(ascii: "g"): return .signature
        case UInt8(ascii: "b"): return .flag
        case UInt8(ascii: "y"): return .number(1)
        case UInt8(ascii: "q"): return .number(2)
        case UInt8(ascii: "u"): return .number(4)
        case UInt8(ascii: "t"): return .number(8)
        case UInt8(ascii: "n"): return .signed(2)
        case UInt8(ascii: "i"): return .signed(4)
        case UInt8(ascii: "x"): return .signed(8)
        case UInt8(ascii: "v"): return .variant
        case UInt8(ascii: "a"): return .list(try next(&codes, depth: depth + 1))
        case UInt8(ascii: "("): return .tuple(try members(&codes, until: UInt8(ascii: ")"), depth: depth))
        case UInt8(ascii: "{"): return .tuple(try members(&codes, until: UInt8(ascii: "}"), depth: depth))
        default: throw unknown("the type \(code)")
        }
    }

    /// At least one: a value without bytes would make lists of any length from nothing.
    private static func members(
        _ codes: inout ArraySlice<UInt8>, until end: UInt8, depth: Int
    ) throws(MalformedText) -> [BusType] {
        var types: [BusType] = []
        while codes.first != end { types.append(try next(&codes, depth: depth + 1)) }
        codes.removeFirst()
        guard !types.isEmpty else { throw unknown("an empty structure") }
        return types
    }

    private static func unknown(_ found: String) -> MalformedText {
        .unexpected(.busMessage, found: found, expected: "the types of an answer")
    }
}
