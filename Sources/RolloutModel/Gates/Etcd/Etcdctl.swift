/// etcdctl's commands about members. etcd 3 has words of its own for them, and etcdctl up to 3.3 takes those only where it
/// is told to; etcd 2 knows no others.
struct Etcdctl {
    private let isThree: Bool

    /// - Parameter version: of the cluster, or of a member that is in it; anything unreadable counts as etcd 2.
    init(cluster version: String?) {
        isThree = version.flatMap { EtcdMinor($0) }.map { $0.major >= 3 } ?? false
    }

    var list: ShellLine { isThree ? "ETCDCTL_API=3 etcdctl member list" : "etcdctl member list" }

    /// With the name and the peer URL for the reader to fill in.
    var add: ShellLine {
        isThree
            ? "ETCDCTL_API=3 etcdctl member add NAME --peer-urls=PEER-URL"
            : "etcdctl member add NAME PEER-URL"
    }

    /// - Parameter id: nil for the reader to fill in.
    func remove(_ id: EtcdMemberID?) -> ShellLine {
        let id = id?.rawValue ?? "ID"
        return isThree ? "ETCDCTL_API=3 etcdctl member remove \(id)" : "etcdctl member remove \(id)"
    }
}
