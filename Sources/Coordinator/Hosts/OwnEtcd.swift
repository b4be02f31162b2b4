import HostFiles
import RolloutModel
import Rollouts
import Synchronization

/// Finds the address at which each host reaches its own etcd.
struct OwnEtcd: Sendable {
    var shell: HostShell
    var endpoint: EtcdEndpoint
    private let addresses = Addresses()

    init(shell: HostShell, endpoint: EtcdEndpoint) {
        self.shell = shell
        self.endpoint = endpoint
    }

    /// The etcd of a single host: its URL, and the HTTP client to ask it with.
    struct Place: Sendable {
        var http: HostHTTP
        var url: String

        /// Checks that all answers came from the host itself; no answer at all is accepted.
        ///
        /// - Throws: `HostFault` if another machine answered, because its answer is not about this host.
        func verify(_ answers: [HostHTTP.Answer]) throws(HostFault) {
            guard let foreign = answers.first(where: { $0.status != nil && !$0.isOfOwnHost }) else { return }
            let to = foreign.to.map { ", at \($0.prefix(64))" } ?? ""
            throw HostFault(
                host: http.host, kind: .answerUnreadable,
                why: """
                    \(url) is not on '\(http.host)': another machine answers there\(to). Say where each host has its own, as \
                    gates.etcd.endpoint: "http://127.0.0.1:2379" or "http://\(EtcdEndpoint.addressPlace):2379", or a list \
                    of addresses
                    """)
        }
    }

    /// - Throws: `HostFault` also if the host's own etcd answers at none of several addresses, and another machine
    ///   does.
    func place(on host: HostID) async throws(HostFault) -> Place {
        let http = HostHTTP(
            shell: shell, host: host, tls: endpoint.tls, credentials: endpoint.credentials,
            secondsToConnect: endpoint.urls.count > 1 ? 2 : nil)
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

    /// The address at which the host's sshd was reached, which is the host's own even behind a jump host or NAT.
    private func address(of host: HostID) async throws(HostFault) -> IPLiteral? {
        guard endpoint.needsAddress else { return nil }
        if let known = addresses.known.withLock({ $0[host] }) { return known }
        let result = try await shell.run(host, HostCommand(#"printf '%s\n' "$SSH_CONNECTION""#))
        let words = result.outputText.split(whereSeparator: \.isWhitespace)
        guard words.count == 4, let address = IPLiteral(words[2]) else {
            throw HostFault(
                host: host, kind: .answerUnreadable,
                why: """
                    its own address, which gates.etcd.endpoint has for \(EtcdEndpoint.addressPlace), is not known: \
                    $SSH_CONNECTION is not set there
                    """)
        }
        addresses.known.withLock { $0[host] = address }
        return address
    }

    private final class Addresses: Sendable {
        let known = Mutex<[HostID: IPLiteral]>([:])
    }
}
