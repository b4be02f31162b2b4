/// `KEY=value` as systemd reads it in environment files and os-release: quotes, escapes, no expansion.
package struct ShellAssignment: Hashable, Sendable {
    package var key: String
    package var value: String

    package enum Fault: Error {
        case noEqualsSign
        case keyMalformed
        case quoteUnclosed
    }

    /// `line` has no line ending.
    package init(_ line: Substring) throws(Fault) {
        guard let (key, value) = line.split(atFirst: "=" as Unicode.Scalar) else { throw .noEqualsSign }
        self.key = String(key.trimmingBlanks)
        guard key.trimmingBlanks.consists(of: { $0.isLetter || $0.isDigit || $0.isUnderscore }),
            self.key.utf8.first?.isDigit == false
        else { throw .keyMalformed }
        self.value = try Self.unquoted(value.trimmingBlanks)
    }

    private static func unquoted(_ text: Substring) throws(Fault) -> String {
        var value = String.UnicodeScalarView()
        var quote: Unicode.Scalar?
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch (scalar, quote) {
            case ("\"", nil), ("'", nil): quote = scalar
            case (_, .some(let open)) where scalar == open: quote = nil
            case ("\\", nil): value.append(rest.popFirst() ?? scalar)
            case ("\\", "\""): value.append(escaped(&rest))
            default: value.append(scalar)
            }
        }
        guard quote == nil else { throw .quoteUnclosed }
        return String(value)
    }

    /// Between double quotes a backslash protects only what would be special there, and otherwise stands for itself.
    private static func escaped(_ rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar {
        guard let next = rest.first, ["\"", "\\", "$", "`"].contains(next) else { return "\\" }
        rest.removeFirst()
        return next
    }
}
