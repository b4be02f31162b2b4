/// The record that one agent keeps of the others, and what follows from it. Time is in seconds of any steady clock.
struct ConsulPool: Sendable {
    let roster: ConsulRoster
    private var heard: [String: Double] = [:]
    private var aliveSince: [String: Double] = [:]
    private var now: Double

    /// An agent that was not heard for so long has failed.
    static let silenceSeconds = 3.0

    init(roster: ConsulRoster, now: Double) {
        self.roster = roster
        self.now = now
        hear(roster.own.name, at: now)
    }

    mutating func pass(to moment: Double) {
        now = moment
        hear(roster.own.name, at: moment)
        for (name, last) in heard where moment - last > Self.silenceSeconds { aliveSince[name] = nil }
    }

    mutating func hear(_ name: String, at moment: Double) {
        heard[name] = moment
        if aliveSince[name] == nil { aliveSince[name] = moment }
    }

    func isAlive(_ member: ConsulRoster.Member) -> Bool { aliveSince[member.name] != nil }

    /// serf's number for its state.
    func status(of member: ConsulRoster.Member) -> Int {
        member.role == .left ? 3 : isAlive(member) ? 1 : 4
    }

    /// True if the server has a vote. A server that is back has none for a while; a server that is down keeps its own.
    func isVoter(_ server: ConsulRoster.Member) -> Bool {
        aliveSince[server.name].map { now - $0 >= roster.stabilizationSeconds } ?? true
    }

    /// nil where the voters that are alive are no majority.
    var leader: ConsulRoster.Member? {
        let voters = roster.servers.filter(isVoter)
        let alive = voters.filter(isAlive)
        return alive.count * 2 > voters.count ? alive.first : nil
    }
}
