import Driving
import HostFiles
import RolloutModel
import Synchronization

/// The etcd of hosts, as each reaches its own.
struct OwnEtcd: Sendable {
    var shell: HostShell
    var endpoint: EtcdEndpoint
    private let addresses = Addresses()

    init(shell: HostShell, endpoint: EtcdEndpoint) {
        self.shell = shell
        self.endpoint = endpoint
    }

    /// One host's own etcd: where it is asked, and by what.
    struct Place: Sendable {
        var http: HostHTTP
        var url: String

        /// That nothing at all answered, or that what did is on the host itself.
        ///
        /// - Throws: `HostFault` where another machine answered: whatever it said is not of this host.
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

    /// - Throws: `HostFault` also where of several addresses none is the host's own, and another machine answers.
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
        // One that answers is named in the refusal; where none does, the first one's silence is told.
        for (url, answer) in zip(urls, answers) where answer.status != nil {
            try Place(http: http, url: url).verify([answer])
        }
        return Place(http: http, url: first)
    }

    /// The address of the host that its sshd was reached at: it is the host's own, whatever stands between.
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
