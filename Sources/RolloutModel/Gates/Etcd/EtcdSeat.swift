/// The etcd member that runs on a host, if one does.
public enum EtcdSeat: Hashable, Sendable {
    /// `server` is the version of the etcd that answers there; nil where it does not say.
    case member(EtcdMemberID, server: String? = nil)
    /// etcd 0.4 runs there, which knows no member ids (facts 6.1).
    case ancient(server: String)
    /// No member runs there: the host may go without etcd noticing.
    case none
}
