import Coordinator
import Foundation
import RolloutModel
import Rollouts
import Testing

extension PracticeClusterTests {
    /// A real etcd that accepts only TLS, asks for a client's certificate, and serves no v2, as is usual from 3.4 on.
    /// Turnstile reads it, keeps the lock in it, and does a whole rollout; a host without a certificate is reported in
    /// curl's words.
    @Test(.timeLimit(.minutes(20))) func anEtcdOfTLSAloneIsReadAndUpgraded() async throws {
        try await PracticeCluster.with(["--distro", "flatcar"]) { cluster in
            let config = try await cluster.turnToTLS()
            try await expectReadByTLS(cluster)

            let before = try await HostEvidence.readAll(cluster)
            let upgrade = try await cluster.run(
                PracticeCluster.turnstilePath, ["--config", config, "upgrade", "--yes"])
            #expect(upgrade.status == 0, "\(upgrade)")
            for (name, host) in try await HostEvidence.readAll(cluster) {
                #expect(host.version == "3510.2.0" && host.attributes == "2/0/1", "\(name)")
                #expect(
                    host.boots == (before[name]?.boots ?? 0) + 1 && host.systemState == "running", "\(name)")
            }
            try await expectNoOverlap(cluster)
            let kept = try await cluster.onHost(
                "practice-1", "etcdctl \(PracticeCluster.tlsFlags) get /turnstile/lock --print-value-only")
            #expect(kept.contains(#""lastToken":8"#) && !kept.contains("holder"), "\(kept)")
        }
    }

    private func expectReadByTLS(_ cluster: PracticeCluster) async throws {
        let host = HostID("practice-1")
        let url = "https://127.0.0.1:2379"
        let files = EtcdEndpoint.TLS(
            caFile: "/etc/etcd/ca.pem", certFile: "/etc/etcd/own.pem", keyFile: "/etc/etcd/own.key")
        let access = HostAccess.live(shell: cluster.shell, etcd: EtcdEndpoint(url: url, tls: files))
        let view = try await access.etcd(host)
        #expect(view.members.count == 3 && view.members.allSatisfy { $0.health == .healthy && !$0.isLearner })
        guard case .member(let seat, server: "3.4.23") = try await access.seat(host) else {
            throw PracticeCluster.Failure(what: "the member of \(host) is not seen")
        }
        #expect(view.members.contains { $0.id == seat })

        let audits = await cluster.shell.audit([host], etcd: EtcdEndpoint(url: url, tls: files))
        #expect(audits.first?.etcdServer == "3.4.23")

        let store = LockStore.etcd(
            shell: cluster.shell, hosts: [host], endpoint: EtcdEndpoint(url: url, tls: files))
        let before = try await store.read()
        #expect(try await store.swap(ClusterLock(lastToken: 7), before.revision))
        #expect(try await store.read().lock.lastToken == 7)
        for tls in [EtcdEndpoint.TLS(), .init(caFile: "/etc/etcd/ca.pem"), .init(caFile: "/nowhere")] {
            let stranger = HostAccess.live(shell: cluster.shell, etcd: EtcdEndpoint(url: url, tls: tls))
            await #expect {
                try await stranger.etcd(host)
            } throws: { ($0 as? HostFault)?.why.contains("curl: (") == true }
        }
    }
}

extension PracticeCluster {
    fileprivate static let tlsFlags =
        "--endpoints=https://127.0.0.1:2379 --cacert=/etc/etcd/ca.pem --cert=/etc/etcd/own.pem --key=/etc/etcd/own.key"

    /// Makes all members serve clients by TLS only, with one self-signed key for all.
    ///
    /// - Returns: the path of a turnstile.yaml with the TLS settings.
    func turnToTLS() async throws -> String {
        let plain = try String(contentsOfFile: configPath, encoding: .utf8)
        let addresses = ["127.0.0.1"] + plain.matches(of: /address: ([0-9.]+)/).map { String($0.1) }
        let names = addresses.map { "IP:\($0)" }.joined(separator: ",")
        let pair = try await onHost(
            "practice-1",
            """
            openssl req -x509 -newkey rsa:2048 -nodes -keyout /dev/stdout -out /dev/stdout -days 2 -subj /CN=practice \
              -addext subjectAltName=\(names) 2>/dev/null | base64 -w0
            """)
        for name in self.names {
            try await onHost(name, "echo \(pair) | base64 -d >/run/pair\n" + Self.takeTLS)
        }
        // The members are killed, not stopped: an `Absence` is measured from what a host stops.
        for name in self.names { try await onHost(name, "systemctl kill etcd-member.service") }
        try await until("etcd to be whole over TLS") {
            try? await onHost("practice-1", "etcdctl \(Self.tlsFlags) endpoint health --cluster 2>&1")
        }
        let path = directory + "/tls.yaml"
        try plain.replacing(
            #"etcd: {endpoint: "http://127.0.0.1:2379"}"#,
            with: """
                etcd: {endpoint: "https://127.0.0.1:2379", ca-file: /etc/etcd/ca.pem, cert-file: /etc/etcd/own.pem, \
                key-file: /etc/etcd/own.key}
                """
        ).write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private static let takeTLS = """
        set -e; umask 077; cd /etc/etcd
        openssl x509 -in /run/pair -out own.pem; openssl pkey -in /run/pair -out own.key; cp own.pem ca.pem; rm /run/pair
        sed -i -e '/CLIENT_URLS/s/http:/https:/g' -e 's/^ETCD_ENABLE_V2=.*/ETCD_ENABLE_V2=false/' etcd-member.conf
        printf '%s\\n' ETCD_CERT_FILE=$PWD/own.pem ETCD_KEY_FILE=$PWD/own.key ETCD_TRUSTED_CA_FILE=$PWD/ca.pem \
          ETCD_CLIENT_CERT_AUTH=true >>etcd-member.conf
        """
}
