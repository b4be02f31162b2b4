/// The first field of a known_hosts line.
enum HostPattern: Sendable {
    /// `|1|salt|code`: one name, hashed.
    case hashed(HMACSHA1, code: [UInt8])
    /// Names, wildcards and negations, already lower-cased.
    case list([Item])

    struct Item: Sendable {
        var glob: [UInt8]
        var isNegated: Bool
        var isLiteral: Bool { Glob.isLiteral(glob) }
    }

    /// - Returns: nil for a field that is neither form.
    init?(_ field: Substring) {
        if field.hasPrefix("|") {
            let parts = field.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
            guard parts.count == 4, parts[1].elementsEqual("1".utf8), let salt = Base64.decode(parts[2]),
                let code = Base64.decode(parts[3]), code.count == 20
            else { return nil }
            self = .hashed(HMACSHA1(key: salt), code: code)
        } else {
            let items = field.lowercased().utf8.split(separator: UInt8(ascii: ",")).map { text in
                let isNegated = text.first == UInt8(ascii: "!")
                return Item(glob: Array(isNegated ? text.dropFirst() : text), isNegated: isNegated)
            }
            guard !items.isEmpty, items.allSatisfy({ !$0.glob.isEmpty }) else { return nil }
            self = .list(items)
        }
    }

    /// One negated match outweighs every other, as in OpenSSH's `match_pattern_list`.
    func matches(_ name: [UInt8]) -> Bool {
        switch self {
        case .hashed(let mac, let code): return mac.code(for: name) == code
        case .list(let items):
            let matching = items.filter { Glob.matches($0.glob, name) }
            return !matching.isEmpty && matching.allSatisfy { !$0.isNegated }
        }
    }

    /// The names under which the pattern can be found without trying it; nil if it must be tried.
    var literalNames: [[UInt8]]? {
        guard case .list(let items) = self, items.allSatisfy({ $0.isLiteral && !$0.isNegated }) else {
            return nil
        }
        return items.map(\.glob)
    }
}
