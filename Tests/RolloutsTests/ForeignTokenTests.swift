import AgentProtocol
import RolloutModel
import Rollouts
import SampleValues
import Synchronization
import Testing

/// Made-up tokens, in etcd or from an agent.
@Suite struct ForeignTokenTests {
    static let beyond: [Token] = [
        Token(Token.ceiling.rawValue + 1), Token(1 << 63), Token(.max - 1), Token(.max),
    ]
    static let leaps: [Token] = [
        Token(1 << 21), Token(1 << 40), Token(Token.ceiling.rawValue - 1), .ceiling,
    ]

    let first = RolloutID("r-1")

    func lock(_ cluster: FakeCluster, _ store: FakeLockStore? = nil) -> RolloutLock {
        RolloutLock(hosts: cluster.ids, access: cluster.access, store: store?.store)
    }

    func take(_ lock: RolloutLock, above seen: Token = 0) async -> RolloutLock.Taking {
        await lock.take(
            for: LockHolder(rollout: first, token: 0, operatorName: "o", since: "s"), above: seen)
    }

    func tokens(_ cluster: FakeCluster) -> [Token] {
        cluster.state.withLock { state in cluster.ids.map { state.hosts[$0]?.token ?? 0 } }
    }

    @Test func countingEndsAtTheCeiling() {
        #expect(Token.ceiling.next == nil)
        #expect(Token(Token.ceiling.rawValue - 1).next == .ceiling)
    }

    /// A single bad agent must not use up the tokens of all.
    @Test(arguments: leaps) func oneAgentsTokenIsNotTakenUpByTheOthers(token: Token) async {
        for store in [nil, FakeLockStore()] {
            let cluster = FakeCluster()
            cluster.change("b") { $0.token = token }
            guard case .failed(let why) = await take(lock(cluster, store), above: 3) else {
                Issue.record("taken")
                return
            }
            #expect(why.contains("host 'b'") && why.contains("\(token)"))
            #expect(why.contains("'turnstile unlock --reset-tokens'"))
            #expect(tokens(cluster) == [0, token, 0])
            #expect(store?.lock.lastToken ?? 0 == 0)
        }
    }

    /// An agent with a token above the ceiling gives no readable report.
    @Test(arguments: beyond) func anAgentWithATokenThatIsNobodysCannotBeRead(token: Token) async {
        let cluster = FakeCluster()
        cluster.change("b") { $0.token = token }
        let fault = await #expect(throws: HostFault.self) { try await cluster.access.report(HostID("b")) }
        #expect(fault?.kind == .answerUnreadable)
        #expect(fault?.trouble == .recordSpoilt)
        #expect(fault?.why.contains("token \(token)") == true)
        #expect(fault?.why.contains("'turnstile unlock --reset-tokens'") == true)
        _ = await take(lock(cluster, FakeLockStore()))
        #expect(tokens(cluster) == [1, token, 1])
    }

    @Test(arguments: leaps + beyond) func noTokenOfTheStoreTraps(token: Token) async {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        store.state.withLock { $0.lock = ClusterLock(lastToken: token) }
        guard case .failed(let why) = await take(lock(cluster, store)) else {
            Issue.record("taken")
            return
        }
        #expect(why.contains("etcd") && why.contains("\(token)"))
        #expect(tokens(cluster) == [0, 0, 0])
        #expect(await lock(cluster, store).unlock(naming: first) == .notHeld(by: nil))
    }

    @Test(arguments: leaps + beyond) func setBackAndTakenAgain(token: Token) async {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        let lock = lock(cluster, store)
        _ = await take(lock, above: 6)
        cluster.change("b") { $0.token = token }
        store.state.withLock { $0.lock.lastToken = token }
        let reset = await lock.resetTokens()
        #expect(reset.hosts == [HostID("b")])
        #expect(reset.sound == ["a", "c"].map { HostID($0) })
        #expect(reset.missing == [] && reset.isStoreSet && reset.storeWhy == nil)
        #expect(store.lock == ClusterLock(lastToken: 8))
        #expect(await take(lock) == .taken(token: 9, missing: []))
        #expect(tokens(cluster) == [9, 9, 9])
    }

    /// All agents and the store have the token, as after a turnstile that followed the first one.
    @Test(arguments: leaps + beyond) func allAreSetBack(token: Token) async {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        for host in ["a", "b", "c"] { cluster.change(host) { $0.token = token } }
        store.state.withLock { $0.lock.lastToken = token }
        #expect(await lock(cluster, store).resetTokens().hosts == cluster.ids)
        #expect(await take(lock(cluster, store)) == .taken(token: 2, missing: []))
    }

    @Test func aHostThatIsAwayIsNamedAndSetBackLater() async {
        let cluster = FakeCluster()
        cluster.change("b") {
            $0.token = Token(.max)
            $0.isUnreachable = true
        }
        #expect(await lock(cluster).resetTokens().missing.map(\.host) == [HostID("b")])
        cluster.change("b") { $0.isUnreachable = false }
        #expect(await lock(cluster).resetTokens().hosts == [HostID("b")])
    }

    @Test func soundTokensStayAsTheyAre() async {
        let (cluster, store) = (FakeCluster(), FakeLockStore())
        _ = await take(lock(cluster, store), above: 6)
        let before = store.lock
        let reset = await lock(cluster, store).resetTokens()
        #expect(reset.hosts == [] && reset.sound == cluster.ids && !reset.isStoreSet)
        #expect(store.lock == before && tokens(cluster) == [7, 7, 7])
    }

    /// The token in a rollout's own journal, whatever it is, does not count as a leap.
    @Test func aJournalsTokenIsNoLeap() async {
        let cluster = FakeCluster()
        #expect(
            await take(lock(cluster), above: Token(1 << 30)) == .taken(token: Token(1 << 30 + 1), missing: [])
        )
        guard case .failed = await take(lock(cluster), above: .ceiling) else {
            Issue.record("there is no token left")
            return
        }
    }

    // MARK: Other words of an agent

    static let report = HostReport.sample(
        machineID: "m", bootID: "b", hostname: "h", uptimeSeconds: 5, version: "1.2.3",
        agent: AgentState.sample(agentVersion: "1", phase: .idle, authority: nil, version: nil))

    static func changed(_ change: (inout HostReport) -> Void) -> HostReport {
        var report = report
        change(&report)
        return report
    }

    static func claim(_ rollout: String) -> Claim {
        Claim(rollout: rollout, token: 1, holder: "h", since: "s")
    }

    static let flawed: [HostReport] =
        ["../../x", "r-1; touch x", "", ".."].map { name in
            changed { $0.agent.claim = claim(name) }
        } + [
            changed { $0.agent.authority = Authority(rollout: "a/b", token: 1) },
            changed { $0.version = "1.0 2" },
            changed { $0.machineID = "../m" }, changed { $0.bootID = "b\n" },
            changed { $0.agent.version = "$(x)" },
            changed { $0.agent.revertedFrom = "'" }, changed { $0.agent.etcdVersionBefore = "3.4\u{1B}" },
            changed { $0.agent.highestToken = Token(.max) },
            changed {
                $0.partitions = PartitionTable(
                    disk: "/dev/sda",
                    booted: .init(
                        number: 3, label: "U; x", device: "", priority: 1, tries: 0, successful: true),
                    other: .init(
                        number: 4, label: "USR-B", device: "", priority: 1, tries: 0, successful: true))
            },
        ]

    /// Numbers that no partition table has: they may be compared, but not used in arithmetic.
    @Test(arguments: [
        (Int.min, 2, 1), (.max, 2, 1), (0, 2, 1), (129, 2, 1), (4, .min, 1), (4, .max, 1), (4, 16, 1),
        (4, -1, 1),
        (4, 2, .min), (4, 2, .max), (4, 2, 16),
    ])
    func aPartitionThatNoTableHasIsNotBelieved(number: Int, priority: Int, tries: Int) async {
        let odd = PartitionTable.Partition(
            number: number, label: "USR-B", device: "/dev/sda4", priority: priority, tries: tries,
            successful: false)
        let usual = PartitionTable.Partition(
            number: 3, label: "USR-A", device: "/dev/sda3", priority: 2, tries: 0, successful: true)
        for table in [
            PartitionTable(disk: "/dev/sda", booted: usual, other: odd),
            PartitionTable(disk: "/dev/sda", booted: odd, other: usual),
        ] {
            let report = Self.changed { $0.partitions = table }
            // Code that gets such a table without this check must not trap on it.
            _ = (HostFacts(report, asked: 0, answered: 1), table.isCommitted, table.isArmed)
            let fault = await #expect(throws: HostFault.self) {
                try await Self.access(report: report).report(HostID("a"))
            }
            #expect(fault?.why.contains("which no table has") == true)
        }
    }

    @Test(arguments: flawed.indices) func aReportWithNamesThatAreNoneIsNotBelieved(index: Int) async {
        let access = Self.access(report: Self.flawed[index])
        let fault = await #expect(throws: HostFault.self) { try await access.report(HostID("a")) }
        #expect(fault?.kind == .answerUnreadable)
        #expect(fault.map { ForeignText.isClean($0.why) } == true)
    }

    @Test(arguments: [Double.infinity, 1e300, -1, .nan]) func anUptimeThatIsNoneIsDropped(seconds: Double)
        async throws
    {
        let access = Self.access(report: Self.changed { $0.uptimeSeconds = seconds })
        #expect(try await access.report(HostID("a")).uptimeSeconds == nil)
        #expect(try await Self.access(report: Self.report).report(HostID("a")).uptimeSeconds == 5)
    }

    @Test(arguments: [
        (RebootAnswer.rebooting(BootMark(bootID: "../b")), false),
        (.rebooted(BootMark(bootID: "b-1")), true),
    ])
    func aRebootOfNoBootIsNoAnswer(answer: RebootAnswer, isBelieved: Bool) async {
        let access = Self.access(report: Self.report, answer: answer.message)
        let request = RebootRequest(authority: Self.authority, bootID: "b", version: "1", deadManMinutes: nil)
        let ending = try? await access.reboot(HostID("a"), request)
        #expect(ending == (isBelieved ? .answered(answer) : nil))
    }

    @Test(arguments: [
        (StageAnswer.nothingOffered(NothingOffered(runningVersion: "1.0\u{1B}", group: nil)), false),
        (.nothingOffered(NothingOffered(runningVersion: "1.0", group: nil)), true),
        (.offerDiffers(OfferDiffers(offered: "'; x", target: "1")), false),
    ])
    func anOfferOfNoVersionIsNoAnswer(answer: StageAnswer, isBelieved: Bool) async {
        let access = Self.access(report: Self.report, answer: answer.message)
        let ending = try? await access.stage(HostID("a"), Self.stage) { _ in }
        #expect(ending == (isBelieved ? .answered(answer) : nil))
    }

    @Test(arguments: [("a/b", false), ("r-1", true)])
    func aClaimOfNoRolloutIsNoAnswer(rollout: String, isBelieved: Bool) async {
        let access = Self.access(report: Self.report, answer: .claimed(Self.claim(rollout)))
        let request = ClaimRequest(authority: Self.authority, holder: "h", since: "s")
        let ending = try? await access.claim(HostID("a"), request)
        #expect(ending == (isBelieved ? .answered(Self.claim(rollout)) : nil))
    }

    @Test func theAnswerOfAnotherVerbIsNoAnswer() async {
        let access = Self.access(report: Self.report, answer: .rebooted(BootMark(bootID: "b")))
        let fault = await #expect(throws: HostFault.self) {
            try await access.stage(HostID("a"), Self.stage) { _ in }
        }
        #expect(fault?.kind == .answerUnreadable)
        #expect(fault?.why == "the agent answered as if to another verb")
    }

    static let authority = Authority(rollout: "r-1", token: 1)
    static let stage = StageRequest(
        authority: authority, group: nil, server: nil, target: nil, acceptsRevert: false, engineRest: .masked,
        etcdVersion: nil, deadline: .seconds(60))

    @Test(
        arguments: [(0.5, 0.5), (1e300, nil), (-.infinity, nil), (.nan, nil), (nil, nil)]
            as [(Double?, Double?)])
    func aPartOfTheWholeIsOne(fraction: Double?, told: Double?) async throws {
        let access = Self.access(
            report: Self.report,
            answer: .nothingOffered(NothingOffered(runningVersion: "1.0", group: nil)), fraction: fraction)
        let heard = Heard()
        _ = try await access.stage(HostID("a"), Self.stage) { await heard.hear($0) }
        #expect(await heard.fractions == [told])
    }

    actor Heard {
        var fractions: [Double?] = []
        func hear(_ progress: StepProgress) { fractions.append(progress.fraction) }
    }

    /// A host that answers only this.
    static func access(
        report: HostReport, answer: AgentMessage = .rebooted(BootMark(bootID: "b")), fraction: Double? = nil
    ) -> HostAccess {
        HostAccess(
            report: { _ in report },
            stage: { host, _, told throws(HostFault) in
                await told(StepProgress(message: "", fraction: fraction))
                return try VerbEnding(answer, of: host)
            },
            arm: { host, _, _ throws(HostFault) in try VerbEnding(answer, of: host) },
            reboot: { host, _ throws(HostFault) in try VerbEnding(answer, of: host) },
            commit: { host, _, _ throws(HostFault) in try VerbEnding(answer, of: host) },
            rollback: { host, _ throws(HostFault) in try VerbEnding(answer, of: host) },
            abandon: { host, _, _ throws(HostFault) in try VerbEnding(answer, of: host) },
            claim: { host, _ throws(HostFault) in try VerbEnding(answer, of: host) },
            release: { host, _ throws(HostFault) in try VerbEnding(answer, of: host) },
            machines: { _ in [] }, fleetRegistry: { _ in [:] },
            units: { _ in FleetUnits(active: [:], launched: []) },
            deis: { _ in nil }, etcd: { _ in EtcdView(members: [], clusterVersion: nil) },
            moveLeader: { _ in nil },
            seat: { _ in .none }, disconnect: { _ in })
    }
}
