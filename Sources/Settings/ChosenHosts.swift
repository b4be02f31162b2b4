import RolloutModel

/// The hosts that arguments name, in their order.
struct ChosenHosts {
    private(set) var hosts: [Configuration.HostAddress] = []
    /// The hosts that only groups have named so far.
    private var ofGroups: Set<HostID> = []

    /// Adds those of a group that are not there yet.
    mutating func take(group: [Configuration.HostAddress]) {
        let known = Set(hosts.map(\.id))
        let new = group.filter { !known.contains($0.id) }
        hosts += new
        ofGroups.formUnion(new.map(\.id))
    }

    /// Takes a host that was named by itself. In its group's place where a group has it already: a user written with its
    /// name says more.
    ///
    /// - Returns: false if it was named by itself before.
    mutating func take(_ host: Configuration.HostAddress) -> Bool {
        if ofGroups.remove(host.id) != nil {
            hosts = hosts.map { $0.id == host.id ? host : $0 }
            return true
        }
        let isNew = !hosts.contains { $0.id == host.id }
        hosts.append(host)
        return isNew
    }
}
