import ClusterAnswers

/// The endpoint at which a host reaches its own etcd, and the certificates and credentials for it.
public struct EtcdEndpoint: Encodable, Hashable, Sendable {
    /// URLs without a path, for example `http://127.0.0.1:2379`, or `http://{address}:2379` if etcd listens only on the
    /// host's own address. A host uses the first URL at which its own etcd answers.
    public var urls: [String]
    public var tls: TLS
    /// The user and password; nil if etcd has no users.
    public var credentials: EtcdCredentials?

    /// The URL at which etcd listens by default.
    public static let usual = EtcdEndpoint(url: "http://127.0.0.1:2379")

    /// The placeholder for the address at which a host's sshd was reached.
    public static let addressPlace = "{address}"

    public init(urls: [String], tls: TLS = TLS(), credentials: EtcdCredentials? = nil) {
        self.urls = urls
        self.tls = tls
        self.credentials = credentials
    }

    public init(url: String, tls: TLS = TLS(), credentials: EtcdCredentials? = nil) {
        self.init(urls: [url], tls: tls, credentials: credentials)
    }

    var needsAddress: Bool { urls.contains { $0.contains(Self.addressPlace) } }

    /// - Parameter address: the address of the host; nil where no URL needs it.
    func urls(address: IPLiteral?) -> [String] {
        guard let address else { return urls }
        return urls.map { $0.replacing(Self.addressPlace, with: address.inURL) }
    }

    /// The URL that a person typed, without a slash at its end; nil for a text that is no URL.
    public static func url(_ text: String) -> String? {
        let isPlaced = text.contains("//" + addressPlace)
        // Any address serves to check the form of the URL.
        let plain = isPlaced ? text.replacing("//" + addressPlace, with: "//10.0.0.1") : text
        guard let address = EtcdAddress(plain) else { return nil }
        return isPlaced ? address.url.replacing("//10.0.0.1", with: "//" + addressPlace) : address.url
    }

    /// True if the URLs have fewer machine addresses than there are hosts, so that some host would take another's etcd
    /// for its own. False if a URL has a name or a local address, which may lead to each host's own etcd.
    public func isShort(of hosts: Int) -> Bool {
        let addresses = urls.compactMap { EtcdAddress($0)?.host }.map { IPAddress($0) }
        guard addresses.count == urls.count, addresses.allSatisfy({ $0 != nil && $0?.isLocal == false })
        else {
            return false
        }
        return Set(addresses).count < hosts
    }

    /// Paths of files on the hosts, absolute and the same on all hosts. A nil value leaves the choice to curl.
    public struct TLS: Codable, Hashable, Sendable {
        /// The trusted certificate authorities, in PEM.
        public var caFile: String?
        /// The client certificate of the host, in PEM, and its key.
        public var certFile: String?
        public var keyFile: String?

        public init(caFile: String? = nil, certFile: String? = nil, keyFile: String? = nil) {
            self.caFile = caFile
            self.certFile = certFile
            self.keyFile = keyFile
        }

        /// True if there are such files, which only root can read.
        var needsRoot: Bool { self != TLS() }
    }
}

/// A numeric address, as a host names its own.
struct IPLiteral: Hashable, Sendable {
    /// The address, with its zone where it has one.
    var text: String

    init?(_ text: some StringProtocol) {
        guard IPAddress(text) != nil else { return nil }
        let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        let isPlain = parts.dropFirst().allSatisfy { zone in
            !zone.isEmpty
                && zone.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
        }
        guard isPlain else { return nil }
        self.text = String(text)
    }

    var inURL: String {
        guard text.contains(":") else { return text }
        return "[" + text.replacing("%", with: "%25") + "]"
    }
}
