/// The record that one agent keeps of the others, and what follows from it. Times are those of any steady clock.
struct ConsulPool: Sendable {
    let roster: ConsulRoster
    private var heard: [String: Duration] = [:]
    private var aliveSince: [String: Duration] = [:]
    private var now: Duration

    /// An agent that was not heard for so long has failed.
    static let silence = Duration.seconds(3)

    init(roster: ConsulRoster, now: Duration) {
        self.roster = roster
        self.now = now
        hear(roster.own.name, at: now)
    }

    mutating func pass(to moment: Duration) {
        now = moment
        hear(roster.own.name, at: moment)
        for (name, last) in heard where moment - last > Self.silence { aliveSince[name] = nil }
    }

    mutating func hear(_ name: String, at moment: Duration) {
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
        aliveSince[server.name].map { now - $0 >= roster.stabilization } ?? true
    }

    /// nil where the voters that are alive are no majority.
    var leader: ConsulRoster.Member? {
        let voters = roster.servers.filter(isVoter)
        let alive = voters.filter(isAlive)
        return alive.count * 2 > voters.count ? alive.first : nil
    }
}
