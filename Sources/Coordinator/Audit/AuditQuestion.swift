/// What an audit asks of every host: the fragment, and on its standard input how its etcd is asked.
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

    /// Which etcd answers, and whether it is a proxy, which answers as another host's does.
    private static func curl(_ etcd: EtcdEndpoint) throws(CurlConfiguration.Refusal) -> String {
        // Where nobody said otherwise: an etcd of before 2.0 listens at its old port alone (facts 6).
        let urls = etcd == .usual ? etcd.urls + ["http://127.0.0.1:4001"] : etcd.urls
        // The fragment puts the host's own address there.
        let placed = urls.map { $0.replacing(EtcdEndpoint.addressPlace, with: Self.place) }
        return try CurlConfiguration(tls: etcd.tls, secondsMax: 2)
            .text(placed.flatMap { [.get(url: "\($0)/version"), .get(url: $0 + EtcdReading.proxyPath)] })
    }

    /// A name that nobody has, for the fragment to know.
    private static let place = "address.turnstile.invalid"
}
