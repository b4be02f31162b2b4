extension Inventory {
    /// The witnesses that could read etcd, with what each saw, by name.
    var etcdViews: [(witness: HostID, view: EtcdView)] {
        etcd.sorted { $0.key < $1.key }.compactMap { witness, view in view.value.map { (witness, $0) } }
    }

    /// True if the host's member was removed and its etcd is stopped: its agent finds no service that runs etcd, and
    /// all remaining voters are healthy.
    func hasLeftEtcd(_ host: HostID) -> Bool {
        guard case .unknown? = seats[host], hosts[host]?.value?.etcd?.unit == "" else { return false }
        let seen = etcdViews
        return !seen.isEmpty
            && seen.allSatisfy { _, view in
                !view.members.isEmpty && view.members.allSatisfy { $0.isLearner || $0.health == .healthy }
            }
    }
}
