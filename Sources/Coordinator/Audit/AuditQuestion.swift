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

    private static func curl(_ etcd: EtcdEndpoint) throws(CurlConfiguration.Refusal) -> String {
        // Where nobody said otherwise: an etcd of before 2.0 listens at its old port alone (facts 6).
        let urls = etcd == .usual ? [etcd.url, "http://127.0.0.1:4001"] : [etcd.url]
        return try CurlConfiguration(tls: etcd.tls, secondsMax: 2)
            .text(urls.map { .get(url: "\($0)/version") })
    }
}
