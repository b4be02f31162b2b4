/// Every server of Consul alive under a leader, a quorum left without a host, and the host's own agent back with its vote.
/// The gate needs no plan: the place that each host had before is given to it.
struct ConsulGate {
    var hosts: [HostID]
    var settings: GateSettings.Consul
    /// Hosts that had no agent are left out.
    var before: [HostID: ConsulSeat]

    func holds(_ checkpoint: Checkpoint, of host: HostID, history: [Inventory]) -> [ConsulHold] {
        guard let latest = history.last.map({ look($0, checkpoint, of: host) }) else { return [] }
        let now = latest.holds
        guard now.isEmpty else { return now }
        let whole = wholeLooks(checkpoint, of: host, history)
        let own = checkpoint.isBeforeBoot ? latest.quorumHolds : voteHolds(of: host, whole)
        guard own.isEmpty else { return own }
        let seen = latest.takenAt - (whole.last ?? latest).takenAt
        guard seen < settings.steady else { return [] }
        return [.consulUnsteady(seen: seen, needed: settings.steady)]
    }

    /// The looks at which Consul was whole without a gap, the latest first; no more of them than matter.
    private func wholeLooks(
        _ checkpoint: Checkpoint, of host: HostID, _ history: [Inventory]
    ) -> [ConsulLook] {
        let enough = max(settings.steady, settings.stabilization)
        var looks: [ConsulLook] = []
        for inventory in history.reversed() {
            let look = look(inventory, checkpoint, of: host)
            guard look.holds.isEmpty else { break }
            looks.append(look)
            if let latest = looks.first, latest.takenAt - look.takenAt >= enough { break }
        }
        return looks
    }

    /// A server that had a vote has it again. autopilot takes its time for that.
    ///
    /// - Parameter looks: the ones since the host was seen back, the latest first.
    private func voteHolds(of host: HostID, _ looks: [ConsulLook]) -> [ConsulHold] {
        guard before[host]?.role == .voter, let latest = looks.first, latest.lacksVote else { return [] }
        let since = looks.prefix(while: \.lacksVote).last ?? latest
        let seen = latest.takenAt - since.takenAt
        let usual = settings.stabilization
        return seen < usual
            ? [.consulVoteAwaited(host: host, seen: seen, usual: usual)]
            : [.consulVoteLost(host: host, seen: seen)]
    }

    private func look(_ inventory: Inventory, _ checkpoint: Checkpoint, of host: HostID) -> ConsulLook {
        ConsulLook(
            inventory, of: host, among: hosts, before: before, isRetreat: checkpoint == .beforeRollback)
    }
}
