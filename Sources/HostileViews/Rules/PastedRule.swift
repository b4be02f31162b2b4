/// Commands that people copy, in quotes or after a colon: a shell must find nothing but words in them.
enum PastedRule {
    private static let programs = [
        "turnstile", "sudo", "systemctl", "journalctl", "kubectl", "locksmithctl", "etcdctl", "ETCDCTL_API=3",
        "fleetctl",
        "deisctl", "cgpt", "ls", "df", "timedatectl", "ssh",
    ].map { Array("\($0) ".utf8) }

    private static let leads = ["Go on with: ", "Or go back with: ", "Then: ", "look: "].map {
        Array($0.utf8)
    }
    private static let options = ["--to ", "--etcd-after "].map { Array($0.utf8) }
    /// Ours, and written out in the source.
    private static let own = Array("$(rootdev -s /usr)".utf8)

    /// The end of a text that was cut in the middle of `'\''`: an escaped character, and nothing after it.
    private static let cutInQuote = Array(#"\…"#.utf8)

    /// The first character that a shell would take for more than itself, and what follows; nil where there is none.
    static func danger(in line: String) -> String? {
        let bytes = Array(line.utf8)
        for (index, byte) in bytes.enumerated() {
            let rest = bytes[(index + 1)...]
            let isQuote = byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
            if isQuote, programs.contains(where: { rest.starts(with: $0) }) {
                if let danger = danger(in: rest, until: byte) { return danger }
            } else if let lead = leads.first(where: { bytes[index...].starts(with: $0) }) {
                let command = bytes[index...].dropFirst(lead.count)
                guard programs.contains(where: { command.starts(with: $0) }) else { continue }
                if let danger = danger(in: command, until: nil) { return danger }
            } else if let option = options.first(where: { bytes[index...].starts(with: $0) }) {
                if let danger = danger(inWord: bytes[index...].dropFirst(option.count)) { return danger }
            }
        }
        return nil
    }

    /// Of an option that stands by itself, as one word.
    private static func danger(inWord text: ArraySlice<UInt8>) -> String? {
        guard text.first != UInt8(ascii: "'") else { return nil }
        var word = text.prefix { $0 != UInt8(ascii: " ") }
        while let last = word.last, ";,.:)'".utf8.contains(last) { word = word.dropLast() }
        return word.contains(where: isSpecial) ? String(decoding: word, as: UTF8.self).debugDescription : nil
    }

    private static func danger(in command: ArraySlice<UInt8>, until end: UInt8?) -> String? {
        var rest = command
        var beginsWord = true
        while let byte = rest.first {
            if rest.starts(with: own) {
                rest = rest.dropFirst(own.count)
                beginsWord = false
                continue
            }
            if byte == UInt8(ascii: "'"), beginsWord || end != byte {
                guard let close = rest.dropFirst().firstIndex(of: byte) else { return cut(rest) }
                rest = rest[(close + 1)...]
                beginsWord = false
                continue
            }
            // As `'\''` has it.
            if rest.starts(with: #"\'"#.utf8) {
                rest = rest.dropFirst(2)
                beginsWord = true
                continue
            }
            if byte == end { return nil }
            if rest.elementsEqual(cutInQuote) { return cut(rest) }
            if isSpecial(byte) || beginsWord && (byte == UInt8(ascii: "~") || byte == UInt8(ascii: "#")) {
                return String(decoding: rest.prefix(40), as: UTF8.self).debugDescription
            }
            beginsWord = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "=")
            rest = rest.dropFirst()
        }
        return end == nil ? nil : cut(rest)
    }

    /// A word without its end makes a shell wait for it; nothing is run.
    private static func cut(_ rest: ArraySlice<UInt8>) -> String? { nil }

    private static func isSpecial(_ byte: UInt8) -> Bool { #";|&$()<>*?"{}!\`"#.utf8.contains(byte) }
}
