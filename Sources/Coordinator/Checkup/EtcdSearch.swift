import HostFiles
import RolloutModel
import Rollouts

/// Finds the way to a host's own etcd, where nobody says it.
struct EtcdSearch: Sendable {
    var shell: HostShell
    /// Go with every try.
    var credentials: EtcdCredentials?

    /// The first place at which the host's own member answers; nil where none does.
    func find(on host: HostID, _ probe: HostProbe) async -> OwnEtcdCheck.Place? {
        for place in EtcdHints(probe, address: await address(of: host)).places {
            let endpoint = EtcdEndpoint(place, credentials: credentials)
            let seat = try? await EtcdReading(shell: shell, endpoint: endpoint).seat(on: host)
            if case .member? = seat { return place }
        }
        return nil
    }

    private func address(of host: HostID) async -> IPLiteral? {
        try? await HostAddresses(shell: shell).address(of: host, for: "gates.etcd.endpoint")
    }
}

extension EtcdEndpoint {
    init(_ place: OwnEtcdCheck.Place, credentials: EtcdCredentials?) {
        self.init(
            urls: place.urls,
            tls: TLS(caFile: place.caFile, certFile: place.certFile, keyFile: place.keyFile),
            credentials: credentials)
    }

    var place: OwnEtcdCheck.Place {
        OwnEtcdCheck.Place(
            urls: urls, caFile: tls.caFile, certFile: tls.certFile, keyFile: tls.keyFile)
    }
}
