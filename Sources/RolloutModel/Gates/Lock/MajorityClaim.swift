extension LockHolder {
    /// The holder of a cluster by the word of its agents alone: the one that most of them name, under one token. Two
    /// majorities have a host in common, so there is never more than one such holder.
    ///
    /// - Parameters:
    ///   - hosts: all that count, whether or not they could be asked.
    ///   - claims: what each agent said; nil is nobody.
    /// - Returns: unknown where those that could not be asked might make a majority.
    public static func byMajority(
        of hosts: [HostID], claims: [HostID: Observation<LockHolder?>]
    ) -> Observation<LockHolder?> {
        let votes = Quorum(voters: hosts.count).votes
        let heard = hosts.compactMap { claims[$0]?.value }
        var counts: [LockHolder: Int] = [:]
        for holder in heard.compactMap(\.self) { counts[holder, default: 0] += 1 }
        if let holder = counts.first(where: { $0.value >= votes })?.key { return .seen(holder) }
        let silent = hosts.count - heard.count
        guard (counts.values.max() ?? 0) + silent < votes else {
            return .unknown("\(heard.count) of \(hosts.count) agents could be asked who has the cluster")
        }
        return .seen(nil)
    }
}
