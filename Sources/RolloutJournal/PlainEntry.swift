import RolloutModel

/// The entries that a journal has most of, read without `JSONDecoder`, which was more than half of the time that
/// reading took.
///
/// Read are the very bytes that `JournalLine` writes: keys in their order, no blanks, text without an escape. Whatever else a
/// line has, such as a key that came later, is left to the decoder. Both give the same entry.
struct PlainEntry {
    private var rest: UnsafeBufferPointer<UInt8>.SubSequence

    /// - Returns: nil where the decoder is to be asked.
    static func read(_ line: ArraySlice<UInt8>) -> JournalEntry? {
        line.withUnsafeBufferPointer { bytes in
            var reader = PlainEntry(rest: bytes[...])
            return reader.entry()
        }
    }

    private mutating func entry() -> JournalEntry? {
        guard take(#"{"at":"#), let at = text(), take(#","number":"#), let number = number(),
            take(#","what":{"#), let what = content(), take(#"},"sha256":""#)
        else { return nil }
        return JournalEntry(number: number, at: at, what: what)
    }

    private mutating func content() -> JournalEntry.Content? {
        if take(#""intent":{"#) { return intent().map { .intent($0) } }
        if take(#""event":{"#) { return event().map { .event($0) } }
        return nil
    }

    private mutating func intent() -> RolloutMachine.Intent? {
        guard let name = text(), take(":{") else { return nil }
        switch name {
        case "stage":
            guard let host = text(of: "host") else { return nil }
            if take("}}") { return .stage(host: HostID(host), target: nil) }
            guard take(","), let target = text(of: "target"), take("}}") else { return nil }
            return .stage(host: HostID(host), target: Version(target))
        case "reboot", "commit":
            guard let boot = text(of: "boot"), take(","), let host = text(of: "host"), take(","),
                let version = text(of: "version"), take("}}")
            else { return nil }
            return name == "reboot"
                ? .reboot(host: HostID(host), boot: BootID(boot), version: Version(version))
                : .commit(host: HostID(host), boot: BootID(boot), version: Version(version))
        default: return nil
        }
    }

    private mutating func event() -> RolloutMachine.Event? {
        guard let name = text(), take(":{") else { return nil }
        switch name {
        case "began": return take("}}") ? .began : nil
        case "resumed": return take(#""retryReverted":false}}"#) ? .resumed(retryReverted: false) : nil
        case "gatesOpened":
            guard let version = text(of: "running"), take("}}") else { return nil }
            return .gatesOpened(running: Version(version))
        case "committed":
            guard let version = text(of: "version"), take("}}") else { return nil }
            return .committed(version: Version(version))
        case "staged", "returned":
            guard let boot = text(of: "boot"), take(","), let partition = text(of: "partition"), take(","),
                let version = text(of: "version"), take("}}")
            else { return nil }
            return name == "staged"
                ? .staged(version: Version(version), boot: BootID(boot), partition: partition)
                : .returned(boot: BootID(boot), version: Version(version), partition: partition)
        default: return nil
        }
    }

    // MARK: Tokens

    /// Nothing is taken where something else stands there.
    private mutating func take(_ token: StaticString) -> Bool {
        let bytes = UnsafeBufferPointer(start: token.utf8Start, count: token.utf8CodeUnitCount)
        guard rest.starts(with: bytes) else { return false }
        rest = rest.dropFirst(bytes.count)
        return true
    }

    private mutating func text(of key: StaticString) -> String? {
        guard take("\""), take(key), take("\":") else { return nil }
        return text()
    }

    /// Plain ASCII between quotes.
    private mutating func text() -> String? {
        guard take("\""), let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        let bytes = rest[rest.startIndex..<end]
        guard bytes.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\\") }) else { return nil }
        rest = rest[(end + 1)...]
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func number() -> Int? {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard digits.count <= 18, digits.first != UInt8(ascii: "0") else { return nil }
        rest = rest.dropFirst(digits.count)
        return Int(String(decoding: digits, as: UTF8.self))
    }
}
