/// A name of an inventory that may stand for many: `web[01:50].example.com`, `db-[a:f]`, `n[0:8:2]`.
enum HostRange {
    /// So many hosts at most: a slip of a digit must not fill the memory.
    static let hostsMax = 100_000
    static let expected = "a host, or a range of hosts such as web[01:50] or db-[a:f]"

    /// nil for what is no such pattern, or stands for too many.
    static func names(_ text: String) -> [String]? {
        guard !text.hasPrefix("["), let open = text.firstIndex(of: "[") else {
            return HostSpecification(text) == nil ? nil : [text]
        }
        guard let close = text[open...].firstIndex(of: "]"),
            let values = values(text[text.index(after: open)..<close]),
            let tails = tails(String(text[text.index(after: close)...])),
            values.count * tails.count <= hostsMax
        else { return nil }
        let head = text[..<open]
        let names = values.flatMap { value in tails.map { "\(head)\(value)\($0)" } }
        return names.allSatisfy { HostSpecification($0) != nil } ? names : nil
    }

    /// The text after a range may contain another range.
    private static func tails(_ text: String) -> [String]? {
        guard let open = text.firstIndex(of: "[") else { return text.contains("]") ? nil : [text] }
        guard let close = text[open...].firstIndex(of: "]"),
            let values = values(text[text.index(after: open)..<close]),
            let tails = tails(String(text[text.index(after: close)...])),
            values.count * tails.count <= hostsMax
        else { return nil }
        return values.flatMap { value in tails.map { "\(text[..<open])\(value)\($0)" } }
    }

    /// `01:50`, `a:f`, `0:8:2`
    private static func values(_ range: Substring) -> [String]? {
        let parts = range.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3 else { return nil }
        let step = parts.count == 3 ? Int(parts[2]) : 1
        guard let step, (1...hostsMax).contains(step) else { return nil }
        return numbers(parts[0], parts[1], step) ?? letters(parts[0], parts[1], step)
    }

    private static func numbers(_ first: Substring, _ last: Substring, _ step: Int) -> [String]? {
        func number(_ text: Substring) -> Int? {
            guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
            else { return nil }
            return Int(text)
        }
        guard let low = number(first), let high = number(last), low <= high,
            (high - low) / step < hostsMax
        else { return nil }
        // Zeros before the first are kept in all.
        let width = first.hasPrefix("0") ? first.count : 0
        return stride(from: low, through: high, by: step).map { value in
            let text = String(value)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
    }

    private static func letters(_ first: Substring, _ last: Substring, _ step: Int) -> [String]? {
        guard first.utf8.count == 1, last.utf8.count == 1, let low = first.utf8.first,
            let high = last.utf8.first, low <= high,
            isLetter(low) && isLetter(high), isLower(low) == isLower(high)
        else { return nil }
        return stride(from: low, through: high, by: min(step, 26)).map { String(UnicodeScalar($0)) }
    }

    private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { isLower(byte) || (0x41...0x5A).contains(byte) }
}
