/// The etcd user of turnstile. Only the file's name is shown or kept; the password goes to curl's standard input.
public struct EtcdCredentials: Encodable, Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The path of the file that holds `user:password`.
    public let file: String
    let user: String
    let password: String

    /// - Parameter text: of the file; one line.
    public init?(file: String, text: String) {
        let line = text.hasSuffix("\n") ? text.dropLast() : text[...]
        guard let colon = line.firstIndex(of: ":"), line.utf8.count <= 1024,
            line.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f })
        else { return nil }
        user = String(line[..<colon])
        password = String(line[line.index(after: colon)...])
        self.file = file
        guard !user.isEmpty, !password.isEmpty else { return nil }
    }

    public var description: String { file }
    public var customMirror: Mirror { Mirror(self, children: ["file": file]) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(file)
    }
}
