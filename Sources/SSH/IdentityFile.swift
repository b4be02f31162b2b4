import Glibc
import Synchronization

/// A private key file, as far as it can be read without its passphrase.
struct IdentityFile: Sendable {
    let path: String
    /// The file's text with a NUL at its end, because libssh2 measures it with `strlen`.
    let text: [CChar]
    let isEncrypted: Bool
    /// The public key, from the file's own header or from the `.pub` file beside it.
    let publicKey: HostKey?
    /// The key's type, or the beginning of it, by the file's first line: `ssh-rsa`, `ssh-dss` or `ecdsa-sha2`.
    private let kindInHeader: String?
    /// The private key, if it is an Ed25519 key without a passphrase; only those are decoded here.
    let signingKey: SigningKey?

    init(path: String, text: [UInt8], publicText: [UInt8]?) {
        self.path = path
        self.text = text.filter { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
        let lines = text.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        let header = Self.openSSHHeader(lines)
        self.isEncrypted =
            header?.isEncrypted
            ?? lines.contains {
                $0.hasPrefix("Proc-Type: 4,ENCRYPTED") || $0.hasPrefix("-----BEGIN ENCRYPTED")
            }
        self.publicKey = header?.publicKey ?? publicText.flatMap(Self.publicKey)
        self.signingKey = header?.signingKey
        self.kindInHeader =
            Self.kinds.first { begin, _ in lines.contains { $0.hasPrefix("-----BEGIN \(begin) PRIVATE KEY") }
            }?.type
    }

    private static let kinds = [
        (begin: "RSA", type: "ssh-rsa"), (begin: "DSA", type: "ssh-dss"), (begin: "EC", type: "ecdsa-sha2"),
    ]

    /// The key's type, or the beginning of it; nil if only the passphrase would tell.
    var kind: String? { publicKey?.type ?? kindInHeader }

    /// The head of `openssh-key-v1`, which is not encrypted (OpenSSH's PROTOCOL.key).
    private static func openSSHHeader(_ lines: [String]) -> Header? {
        guard let begin = lines.firstIndex(where: { $0.hasPrefix("-----BEGIN OPENSSH PRIVATE KEY") }) else {
            return nil
        }
        let body = lines[(begin + 1)...].prefix { !$0.hasPrefix("-----") }.flatMap {
            $0.utf8.filter { $0 > 32 }
        }
        let magic = Array("openssh-key-v1\0".utf8)
        guard let bytes = Base64.decode(body), bytes.starts(with: magic) else { return nil }
        var reader = WireReader(bytes.dropFirst(magic.count))
        guard let cipher = reader.string(), reader.string() != nil, reader.string() != nil,
            reader.uint32() == 1,
            let blob = reader.string()
        else { return nil }
        let isEncrypted = !cipher.elementsEqual("none".utf8)
        let signingKey = isEncrypted ? nil : reader.string().flatMap { Self.signingKey($0, blob: blob) }
        return Header(isEncrypted: isEncrypted, publicKey: HostKey(blob: blob), signingKey: signingKey)
    }

    private struct Header {
        var isEncrypted: Bool
        var publicKey: HostKey?
        var signingKey: SigningKey?
    }

    /// The private half, where it is one of Ed25519 and belongs to the public half.
    private static func signingKey(_ bytes: [UInt8], blob: [UInt8]) -> SigningKey? {
        let type = Array("ssh-ed25519".utf8)
        var (secret, open) = (WireReader(bytes), WireReader(blob))
        guard let first = secret.uint32(), first == secret.uint32(), secret.string() == type,
            let publicKey = secret.string(), let pair = secret.string(), open.string() == type,
            open.string() == publicKey
        else { return nil }
        return SigningKey(seed: Array(pair.prefix(SigningKey.seedBytes)), publicKey: publicKey)
    }

    private static func publicKey(_ text: [UInt8]) -> HostKey? {
        let fields = text.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") })
        return fields.count < 2 ? nil : Base64.decode(fields[1]).flatMap(HostKey.init)
    }
}

/// The key files read so far.
final class IdentityStore: Sendable {
    private let files = Mutex<[String: Result<IdentityFile, SystemFault>]>([:])

    /// Those read before; nil unless that is all of them.
    func known(_ paths: [String]) -> [Result<IdentityFile, SystemFault>]? {
        let known = files.withLock { files in paths.compactMap { files[$0] } }
        return known.count == paths.count ? known : nil
    }

    /// Blocks on local files the first time.
    func file(at path: String) -> Result<IdentityFile, SystemFault> {
        if let known = files.withLock({ $0[path] }) { return known }
        let result = LocalFile.read(path, bytesMax: 1 << 20).map { text in
            IdentityFile(
                path: path, text: text,
                publicText: try? LocalFile.read(path + ".pub", bytesMax: 1 << 20).get())
        }
        files.withLock { $0[path] = result }
        return result
    }
}
