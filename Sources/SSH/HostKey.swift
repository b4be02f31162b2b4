import CLibSSH2

/// A server's public key.
public struct HostKey: Hashable, Sendable, CustomStringConvertible {
    /// The name of RFC 4253, for example `ssh-ed25519`; read from the blob, not from beside it.
    public let type: String
    public let blob: [UInt8]

    /// - Returns: nil for bytes that do not begin with a key type.
    public init?(blob: [UInt8]) {
        var reader = WireReader(blob)
        guard let name = reader.string(), (1...64).contains(name.count),
            name.allSatisfy({ (33...126).contains($0) })
        else { return nil }
        self.type = String(decoding: name, as: UTF8.self)
        self.blob = blob
    }

    public var description: String { "\(type) \(Base64.encode(blob))" }

    /// The SHA-256 of the blob.
    var sha256: [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        _ = SHA256(blob, blob.count, &digest)
        return digest
    }
}

/// A key as a message shows it: its type, and its fingerprint as OpenSSH prints it (`SHA256:…`).
public struct HostKeyPrint: Hashable, Sendable, CustomStringConvertible {
    public var type: String
    public var fingerprint: String

    public init(type: String, fingerprint: String) {
        self.type = type
        self.fingerprint = fingerprint
    }

    init(_ key: HostKey) {
        var base64 = Base64.encode(key.sha256)
        while base64.hasSuffix("=") { base64.removeLast() }
        self.init(type: key.type, fingerprint: "SHA256:" + base64)
    }

    public var description: String { "\(type) \(fingerprint)" }
}
