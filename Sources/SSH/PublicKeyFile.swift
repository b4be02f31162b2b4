/// The `.pub` file of a key or certificate: its type, base64, and a comment.
enum PublicKeyFile {
    static func key(_ text: [UInt8]) -> HostKey? {
        let fields = text.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") })
        return fields.count < 2 ? nil : Base64.decode(fields[1]).flatMap(HostKey.init)
    }

    /// The key of a text that begins with its type, and so is nothing else, such as a private key.
    static func line(_ text: [UInt8]) -> HostKey? {
        key(text).flatMap { text.starts(with: "\($0.type) ".utf8) ? $0 : nil }
    }
}
