/// The command that an audit runs on every host: the fragment, with curl's configuration for etcd on standard input.
struct AuditQuestion: Sendable {
    let command: Result<HostCommand, CurlConfiguration.Refusal>

    /// - Parameter deadline: for a host's whole audit.
    init(etcd: EtcdEndpoint, deadline: Duration) {
        command = Result { () throws(CurlConfiguration.Refusal) in
            HostCommand(
                AuditFragment.text, input: Array(try Self.curl(etcd).utf8),
                outputBytesMax: AuditAnswer.bytesMax,
                deadline: deadline)
        }
    }

    /// curl's configuration that asks for etcd's version, and whether it is a proxy, which answers with another host's.
    private static func curl(_ etcd: EtcdEndpoint) throws(CurlConfiguration.Refusal) -> String {
        // An etcd before 2.0 listens only at its old port (facts 6). An address from the configuration is asked alone.
        let urls = etcd == .usual ? etcd.urls + ["http://127.0.0.1:4001"] : etcd.urls
        // The fragment puts the host's own address there.
        let placed = urls.map { $0.replacing(EtcdEndpoint.addressPlace, with: Self.place) }
        return try CurlConfiguration(tls: etcd.tls, deadline: .seconds(2))
            .text(placed.flatMap { [.get(url: "\($0)/version"), .get(url: $0 + EtcdReading.proxyPath)] })
    }

    /// A placeholder that the fragment replaces; no host has this name.
    private static let place = "address.turnstile.invalid"
}
