import HostFiles
import RolloutModel
import Rollouts

/// Finds the address at which each host reaches its own etcd.
struct OwnEtcd: Sendable {
    var shell: HostShell
    var endpoint: EtcdEndpoint
    private let addresses: HostAddresses

    init(shell: HostShell, endpoint: EtcdEndpoint) {
        self.shell = shell
        self.endpoint = endpoint
        addresses = HostAddresses(shell: shell)
    }

    /// The etcd of a single host: its URL, and the HTTP client to ask it with.
    struct Place: Sendable {
        var http: HostHTTP
        var url: String

        /// Checks that all answers came from the host itself; no answer at all is accepted.
        ///
        /// - Throws: `HostFault` if another machine answered, because its answer is not about this host.
        func verify(_ answers: [HostHTTP.Answer]) throws(HostFault) {
            try http.requireOwn(
                answers, at: url, setting: "gates.etcd.endpoint", port: 2379,
                otherwise: ", or a list of addresses")
        }
    }

    /// - Throws: `HostFault` also if the host's own etcd answers at none of several addresses, and another machine
    ///   does.
    func place(on host: HostID) async throws(HostFault) -> Place {
        let http = HostHTTP(
            shell: shell, host: host, tls: endpoint.tls, credentials: endpoint.credentials,
            connectDeadline: endpoint.urls.count > 1 ? .seconds(2) : nil)
        let urls = endpoint.urls(address: try await address(of: host))
        guard let first = urls.first else {
            throw HostFault(host: host, kind: .answerUnreadable, why: "gates.etcd.endpoint names no address")
        }
        guard urls.count > 1 else { return Place(http: http, url: first) }
        let answers = try await http.send(urls.map { .get(url: $0 + "/version") })
        for (url, answer) in zip(urls, answers) where answer.status != nil && answer.isOfOwnHost {
            return Place(http: http, url: url)
        }
        // The fault names an address that answers. If none does, the silence of the first address is reported.
        for (url, answer) in zip(urls, answers) where answer.status != nil {
            try Place(http: http, url: url).verify([answer])
        }
        return Place(http: http, url: first)
    }

    private func address(of host: HostID) async throws(HostFault) -> IPLiteral? {
        guard endpoint.needsAddress else { return nil }
        return try await addresses.address(of: host, for: "gates.etcd.endpoint")
    }
}
