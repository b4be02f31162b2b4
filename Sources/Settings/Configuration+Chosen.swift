import RolloutModel

extension Configuration {
    /// The hosts that were not chosen, in their order; empty where all are.
    package var bystanders: [HostID] {
        guard let chosen else { return [] }
        let kept = Set(chosen)
        return hosts.map(\.id).filter { !kept.contains($0) }
    }

    /// The configuration as if no other hosts were there, for commands that do something to each host by itself.
    package var ofChosenAlone: Configuration {
        guard let chosen else { return self }
        let kept = Set(chosen)
        var alone = self
        alone.hosts.removeAll { !kept.contains($0.id) }
        alone.chosen = nil
        return alone
    }
}
