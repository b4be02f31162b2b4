import HostFiles

/// A host's way to its own agent of Consul, with all that it needs.
public struct ConsulEndpoint: Hashable, Sendable {
    /// Without a path, for example `http://127.0.0.1:8500`, or `http://{address}:8500` if the agent listens only on the
    /// host's own address.
    public var url: String
    public var tls: EtcdEndpoint.TLS
    /// nil if Consul has no ACLs, or the agent's own token is enough.
    public var token: ConsulToken?

    /// The URL at which an agent listens by default.
    public static let usualURL = "http://127.0.0.1:8500"
    /// The key of turnstile.yaml that names the URL.
    static let setting = "gates.consul.endpoint"
    static let usualPort: UInt16 = 8500

    public init(url: String, tls: EtcdEndpoint.TLS = .init(), token: ConsulToken? = nil) {
        self.url = url
        self.tls = tls
        self.token = token
    }

    var needsAddress: Bool { url.contains(EtcdEndpoint.addressPlace) }
}

/// The token that turnstile shows to Consul. Only the file's name is shown or kept; the token goes to curl's standard
/// input.
public struct ConsulToken: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The path of the file that holds the token.
    public let file: String
    private let secret: String

    /// - Parameter text: of the file; one word on one line.
    public init?(file: String, text: String) {
        let line = text.hasSuffix("\n") ? text.dropLast() : text[...]
        guard (1...1024).contains(line.utf8.count), line.utf8.allSatisfy({ (0x21..<0x7f).contains($0) })
        else { return nil }
        self.file = file
        secret = String(line)
    }

    var header: HostHTTP.SecretHeader { .init(name: "X-Consul-Token", value: secret) }

    public var description: String { file }
    public var customMirror: Mirror { Mirror(self, children: ["file": file]) }
}

extension ConsulToken? {
    /// The advice to the operator after Consul refused a request.
    func advice(_ refusal: String) -> String {
        let rights = "agent:read, node:read and operator:read"
        return switch self {
        case nil:
            """
            Consul wants to know who asks (\(refusal)): name a file that holds a token with \(rights) in gates.consul.token
            """
        case .some(let token):
            "Consul refuses the token of \(token.file) (\(refusal)): it needs \(rights)"
        }
    }
}
