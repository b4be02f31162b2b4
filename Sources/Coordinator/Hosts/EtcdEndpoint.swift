/// Where a host reaches its own etcd, and what it needs for that.
public struct EtcdEndpoint: Codable, Hashable, Sendable {
    /// For example `http://127.0.0.1:2379`; no path.
    public var url: String
    public var tls: TLS

    /// Where etcd listens unless it is told otherwise.
    public static let usual = EtcdEndpoint(url: "http://127.0.0.1:2379")

    public init(url: String, tls: TLS = TLS()) {
        self.url = url
        self.tls = tls
    }

    /// Files on the hosts, by absolute paths; the same on each. What is nil is curl's own choice.
    public struct TLS: Codable, Hashable, Sendable {
        /// Whom to believe, in PEM.
        public var caFile: String?
        /// What the host shows of itself, in PEM, and its key.
        public var certFile: String?
        public var keyFile: String?

        public init(caFile: String? = nil, certFile: String? = nil, keyFile: String? = nil) {
            self.caFile = caFile
            self.certFile = certFile
            self.keyFile = keyFile
        }

        /// Such files are root's.
        var needsRoot: Bool { self != TLS() }
    }
}
