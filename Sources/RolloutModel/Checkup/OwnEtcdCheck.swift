/// The check that a host's own etcd answers where the configuration says.
public struct OwnEtcdCheck: Hashable, Sendable {
    public var host: HostID
    /// The place in the configuration.
    public var configured: Place
    public var seat: Observation<EtcdSeat>
    /// The place where the host's own etcd answers instead; nil if that was not found out.
    public var found: Place?

    /// A way to a host's etcd, as the keys of `gates.etcd` have it.
    public struct Place: Hashable, Sendable {
        /// With `{address}` for the host's own address.
        public var urls: [String]
        /// Absolute paths on the hosts.
        public var caFile: String?
        public var certFile: String?
        public var keyFile: String?

        public init(
            urls: [String], caFile: String? = nil, certFile: String? = nil, keyFile: String? = nil
        ) {
            self.urls = urls
            self.caFile = caFile
            self.certFile = certFile
            self.keyFile = keyFile
        }
    }

    public init(host: HostID, configured: Place, seat: Observation<EtcdSeat>, found: Place? = nil) {
        self.host = host
        self.configured = configured
        self.seat = seat
        self.found = found
    }

    public var finding: Checkup.Finding {
        let place = configured.urls.joined(separator: ", ")
        switch seat {
        case .seen(.member(_, let server)):
            return .ok(
                .etcd, .host(host), "its own member, etcd \(server ?? "of unknown version"), at \(place)")
        case .seen(.none):
            return .ok(.etcd, .host(host), "none: no member runs there")
        case .seen(.ancient(let server)):
            let hold = EtcdHold.etcdTooOld(host: host, etcd: server)
            return .fault(.etcd, .host(host), hold.says, fix: hold.remedy)
        case .unknown(let why):
            return .fault(.etcd, .host(host), why, fix: fix(why))
        }
    }

    private func fix(_ why: String) -> Remedy {
        if let found { return Remedy(["its own etcd answers so:"] + Self.settings(found)) }
        return tlsFix(why) ?? EtcdHold.etcdSeatUnknown(host: host, why: why).remedy
    }

    private static func settings(_ place: Place) -> [Remedy.Step] {
        let urls = place.urls.map { "\"\($0)\"" }
        let endpoint = urls.count == 1 ? urls[0] : "[\(urls.joined(separator: ", "))]"
        let files: [Remedy.Step?] = [
            "\(set: "gates.etcd.endpoint", to: endpoint)",
            place.caFile.map { "\(set: "gates.etcd.ca-file", to: $0)" },
            place.certFile.map { "\(set: "gates.etcd.cert-file", to: $0)" },
            place.keyFile.map { "\(set: "gates.etcd.key-file", to: $0)" },
        ]
        return files.compactMap(\.self)
    }

    /// nil if curl had no trouble with TLS.
    private func tlsFix(_ why: String) -> Remedy? {
        switch CurlComplaint(in: why)?.tls {
        case .authority?:
            return Remedy(
                [
                    "name the certificate of etcd's authority, as each host has it: \(set: "gates.etcd.ca-file")"
                ]
                    + listing([configured.caFile]))
        case .client?:
            return Remedy(
                [
                    """
                    name the certificate and the key of a client of etcd, as each host has them: \
                    \(set: "gates.etcd.cert-file") and \(set: "gates.etcd.key-file")
                    """
                ] + listing([configured.certFile, configured.keyFile]))
        case .handshake?:
            return [
                """
                etcd may want a client's certificate: \(set: "gates.etcd.cert-file") and \
                \(set: "gates.etcd.key-file"), or speak no TLS there: \(set: "gates.etcd.endpoint")
                """
            ]
        case nil: return nil
        }
    }

    private func listing(_ paths: [String?]) -> [Remedy.Step] {
        let named = paths.compactMap(\.self)
        guard !named.isEmpty else { return [] }
        return ["see what is there, on '\(host)':"]
            + named.map { "\(run: "sudo ls -l \($0)", on: host, asRoot: true)" }
    }
}
