import Coordinator
import Driving
import RolloutModel
import Testing

extension PracticeClusterTests {
    /// A real etcd that takes nothing but TLS, asks for a client's certificate, and serves no v2: from 3.4 on what is
    /// usual. Who shows none is told so in curl's words.
    @Test func anEtcdOfTLSAloneIsRead() async throws {
        let version = "3.5.1"
        try await PracticeCluster.with(["--hosts", "1", "--from-etcd", version]) { cluster in
            let host = HostID("practice-1")
            try await cluster.onHost("practice-1", Self.tlsEtcd)
            let url = "https://127.0.0.1:23790"
            let files = EtcdEndpoint.TLS(
                caFile: "/etc/tls-etcd/ca.pem", certFile: "/etc/tls-etcd/own.pem",
                keyFile: "/etc/tls-etcd/own.key")
            let access = HostAccess.live(shell: cluster.shell, etcd: EtcdEndpoint(url: url, tls: files))
            let view = try await access.etcd(host)
            let member = try #require(view.members.first)
            #expect(view.members.count == 1 && member.health == .healthy && !member.isLearner)
            #expect(try await access.seat(host) == .member(member.id, server: version))

            let audits = await cluster.shell.audit([host], etcd: EtcdEndpoint(url: url, tls: files))
            #expect(audits.first?.etcdServer == version)

            let store = LockStore.etcd(
                shell: cluster.shell, hosts: [host], endpoint: EtcdEndpoint(url: url, tls: files))
            let before = try await store.read()
            #expect(try await store.swap(ClusterLock(lastToken: 7), before.revision))
            #expect(try await store.read().lock.lastToken == 7)

            for tls in [EtcdEndpoint.TLS(), .init(caFile: "/etc/tls-etcd/ca.pem"), .init(caFile: "/nowhere")]
            {
                let stranger = HostAccess.live(shell: cluster.shell, etcd: EtcdEndpoint(url: url, tls: tls))
                await #expect {
                    try await stranger.etcd(host)
                } throws: { ($0 as? HostFault)?.why.contains("curl: (") == true }
            }
        }
    }

    /// One key for both ends, signed by itself.
    private static let tlsEtcd = """
        set -e; install -d -m 0700 /etc/tls-etcd; cd /etc/tls-etcd
        openssl req -x509 -newkey rsa:2048 -nodes -keyout own.key -out own.pem -days 2 -subj /CN=practice \
          -addext subjectAltName=IP:127.0.0.1 2>/dev/null
        cp own.pem ca.pem
        systemd-run --quiet --unit=tls-etcd --property=Type=notify etcd --name=tls --data-dir=/run/tls-etcd \
          --enable-v2=false --listen-client-urls=https://127.0.0.1:23790 \
          --advertise-client-urls=https://127.0.0.1:23790 --listen-peer-urls=http://127.0.0.1:23800 \
          --initial-advertise-peer-urls=http://127.0.0.1:23800 --initial-cluster=tls=http://127.0.0.1:23800 \
          --cert-file=$PWD/own.pem --key-file=$PWD/own.key --trusted-ca-file=$PWD/ca.pem --client-cert-auth
        """
}
