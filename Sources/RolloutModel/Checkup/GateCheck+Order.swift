/// The findings on what is in order, where no gate says otherwise.
extension GateCheck {
    func restFindings(besides told: [Checkup.Finding]) -> [Checkup.Finding] {
        let named = Set(told.filter { $0.check == .host }.flatMap(\.subject.hosts) + woken.map(\.host))
        let rest = hosts.map(\.id).filter { !named.contains($0) }
        let unread = rest.filter { inventory.hosts[$0]?.value?.committed == nil }
        let read = rest.filter { !unread.contains($0) }
        return [
            (read, "at rest, with no update waiting"),
            (unread, "no update waiting; its partitions were not read"),
        ].filter { !$0.0.isEmpty }.map { .ok(.host, .hosts($0.0), $0.1) }
    }

    /// - Parameter doubted: the checks of which a gate has something to say.
    func clusterFindings(without doubted: Set<Checkup.Check>) -> [Checkup.Finding] {
        let doubted = doubted.union(rebooters.map(\.check))
        return [wholeFleet, healthyMembers, wholeConsul, freeSemaphores].compactMap(\.self).filter {
            !doubted.contains($0.check)
        }
    }

    private var wholeFleet: Checkup.Finding? {
        let witnesses = inventory.membership.values.filter { $0.value != nil }
        guard settings.fleet != nil, witnesses.count > 1 else { return nil }
        return .ok(.fleet, .cluster, "\(hosts.count), and each lists all of them")
    }

    private var healthyMembers: Checkup.Finding? {
        guard settings.etcd != nil, let view = inventory.etcdViews.first?.view,
            view.members.allSatisfy({ $0.isLearner || $0.health == .healthy })
        else { return nil }
        let version = view.clusterVersion.map { "; the cluster's version is \($0)" } ?? ""
        return .ok(.members, .cluster, "all of \(view.members.count) are healthy\(version)")
    }

    private var wholeConsul: Checkup.Finding? {
        let views = inventory.consul.values.compactMap { sight -> ConsulView? in
            guard case .seen(.agent(let view)) = sight else { return nil }
            return view
        }
        guard settings.consul != nil, let view = views.first else { return nil }
        return .ok(
            .consul, .cluster, "all of \(view.servers.count) servers are well; agents asked: \(views.count)")
    }

    private var freeSemaphores: Checkup.Finding? {
        guard case .seen(let semaphores)? = inventory.semaphores else { return nil }
        let taken = semaphores.isEmpty ? "no host takes locksmith's turns" : "locksmith's semaphore is free"
        return .ok(.reboots, .cluster, "nothing else reboots these hosts; \(taken)")
    }
}
