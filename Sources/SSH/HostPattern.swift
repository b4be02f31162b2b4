/// The first field of a known_hosts line.
enum HostPattern: Sendable {
    /// `|1|salt|code`: one name, hashed.
    case hashed(salt: [UInt8], code: SHA1Digest)
    /// Names, wildcards and negations, already lower-cased.
    case list([Item])

    struct Item: Sendable {
        var glob: [UInt8]
        var isNegated: Bool
        var isLiteral: Bool { Glob.isLiteral(glob) }
    }

    /// - Returns: nil for a field that is neither form.
    init?(_ field: ArraySlice<UInt8>) {
        if field.first == UInt8(ascii: "|") {
            let parts = field.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
            guard parts.count == 4, parts[1].elementsEqual("1".utf8), let salt = Base64.decode(parts[2]),
                let code = Base64.decode(parts[3]).flatMap({ SHA1Digest($0) })
            else { return nil }
            self = .hashed(salt: salt, code: code)
        } else {
            let items = field.split(separator: UInt8(ascii: ",")).map { text in
                let isNegated = text.first == UInt8(ascii: "!")
                return Item(
                    glob: (isNegated ? text.dropFirst() : text).map(\.asciiLowercased), isNegated: isNegated)
            }
            guard !items.isEmpty, items.allSatisfy({ !$0.glob.isEmpty }) else { return nil }
            self = .list(items)
        }
    }

    /// True if the list matches the name. A single negated match outweighs all others, as in OpenSSH's
    /// `match_pattern_list`.
    static func matches(_ items: [Item], _ name: [UInt8]) -> Bool {
        let matching = items.filter { Glob.matches($0.glob, name) }
        return !matching.isEmpty && matching.allSatisfy { !$0.isNegated }
    }
}

extension UInt8 {
    /// The byte in lower case, by ASCII alone as in ssh; Unicode would make a `k` of a Kelvin sign.
    var asciiLowercased: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self) ? self + 32 : self }
}
