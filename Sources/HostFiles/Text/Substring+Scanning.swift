extension Substring {
    /// Without ASCII blanks (space, tab, carriage return) at either end.
    package var trimmingBlanks: Substring {
        var rest = self[...]
        while let first = rest.utf8.first, first.isBlank { rest = rest.droppingFirstByte }
        while let last = rest.utf8.last, last.isBlank { rest = rest.droppingLastByte }
        return rest
    }

    /// The text after `prefix`, or nil where the text begins otherwise. Compares bytes, not canonical equivalents.
    package func after(_ prefix: String) -> Substring? {
        guard utf8.starts(with: prefix.utf8) else { return nil }
        return self[utf8.index(startIndex, offsetBy: prefix.utf8.count)...]
    }

    package func before(suffix: String) -> Substring? {
        guard utf8.count >= suffix.utf8.count, utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
        else {
            return nil
        }
        return self[..<utf8.index(endIndex, offsetBy: -suffix.utf8.count)]
    }

    /// The two sides of the first `separator`.
    package func split(atFirst separator: Unicode.Scalar) -> (Substring, Substring)? {
        guard let index = unicodeScalars.firstIndex(of: separator) else { return nil }
        return (self[..<index], self[unicodeScalars.index(after: index)...])
    }

    /// The two sides of the first occurrence of `separator`.
    package func split(atFirst separator: String) -> (Substring, Substring)? {
        var rest = self[...]
        while !rest.isEmpty {
            if let tail = rest.after(separator) { return (self[..<rest.startIndex], tail) }
            rest = rest[unicodeScalars.index(after: rest.startIndex)...]
        }
        return nil
    }

    /// The fields between runs of blanks.
    package var blankSeparatedFields: [String] {
        utf8.split(whereSeparator: \.isBlank).map { String(Substring($0)) }
    }

    /// A decimal number of ASCII digits alone: no sign, no blanks.
    package func decimal<Number: FixedWidthInteger>(as type: Number.Type = Int.self) -> Number? {
        guard !isEmpty, utf8.allSatisfy(\.isDigit) else { return nil }
        return Number(self)
    }

    /// Only bytes that `isAllowed` names, and at least one.
    package func consists(of isAllowed: (UInt8) -> Bool) -> Bool { !isEmpty && utf8.allSatisfy(isAllowed) }

    private var droppingFirstByte: Substring { Substring(utf8.dropFirst()) }
    private var droppingLastByte: Substring { Substring(utf8.dropLast()) }
}

extension UInt8 {
    package var isBlank: Bool {
        self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\r")
    }
    package var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    package var isLetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
    }
    package var isHexadecimal: Bool {
        isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
            || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(self)
    }
    package var isUnderscore: Bool { self == UInt8(ascii: "_") }
}
