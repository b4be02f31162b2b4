import RolloutJournal
public import RolloutModel

/// A run of a migration: takes up every application that is not proved yet, and carries it on from where it
/// is. The new cluster is looked at before each act, and only what it lacks is asked for.
public struct MigrationRun: Sendable {
    let port: MigrationPort
    let record: MigrationRecord
    let pace: MigrationPace
    let clock: MigrationClock
    let wishes: Wishes
    /// True if a person asked to stop. The application at work holds before its next act.
    let isInterrupted: @Sendable () async -> Bool
    let tell: @Sendable (MigrationNotice) -> Void

    /// The operator's word about this run.
    public struct Wishes: Hashable, Sendable {
        /// The applications that are carried, by their ids at the old cluster; empty for all of them.
        public var only: Set<ApplicationID>
        /// True if an application that holds lets the others go on.
        public var goesOn: Bool
        /// Applications of the new cluster, by their ids there, that are the old ones' though this migration did not
        /// create them.
        public var adopted: Set<ApplicationID>
        /// Proved applications that are carried once more.
        public var again: Set<ApplicationID>
        /// True if proved applications alone are looked at, for users who registered since.
        public var grantsOnly: Bool
        /// True if another operator's claim is taken over.
        public var takesOver: Bool

        public init(
            only: Set<ApplicationID>, goesOn: Bool, adopted: Set<ApplicationID>, again: Set<ApplicationID>,
            grantsOnly: Bool, takesOver: Bool
        ) {
            self.only = only
            self.goesOn = goesOn
            self.adopted = adopted
            self.again = again
            self.grantsOnly = grantsOnly
            self.takesOver = takesOver
        }
    }

    public init(
        port: MigrationPort, record: MigrationRecord, pace: MigrationPace, clock: MigrationClock,
        wishes: Wishes, isInterrupted: @escaping @Sendable () async -> Bool,
        tell: @escaping @Sendable (MigrationNotice) -> Void
    ) {
        self.port = port
        self.record = record
        self.pace = pace
        self.clock = clock
        self.wishes = wishes
        self.isInterrupted = isInterrupted
        self.tell = tell
    }

    /// Why a run ended before its end.
    public enum Stop: Error, Hashable, Sendable {
        case held(MigrationHold)
        case journal(JournalError)
    }

    /// Carries the applications.
    ///
    /// - Throws: `Stop` where no application can go on. What was begun is in the record, and the next run goes
    ///   on with it.
    public func run(by operatorName: String) async throws(Stop) {
        try await note(.attached(by: operatorName))
        let rolls = try await rolls()
        try await claim()
        do throws(Stop) {
            try await carry(rolls)
        } catch {
            // A claim that was lost is another's. A record that cannot be written may be another's, too.
            if case .held(let hold) = error, !hold.isOfClaim { try? await release() }
            throw error
        }
        try await release()
    }

    // MARK: The clusters

    struct Rolls: Sendable {
        var old: ControllerRoll
        var new: ControllerRoll
        var certificates: Set<DomainName>
    }

    private func rolls() async throws(Stop) -> Rolls {
        let state = await record.state
        let plan = state.plan
        do throws(MigrationHold) {
            let rolls = Rolls(
                old: try await port.roll(.old), new: try await port.roll(.new),
                certificates: try await port.certificates())
            if let hold = MigrationCheck.holds(plan, old: rolls.old, new: rolls.new).first { throw hold }
            if !wishes.again.isEmpty, plan.old.routers.isEmpty { throw .oldRoutersUnnamed }
            if let id = wishes.only.union(wishes.again).subtracting(rolls.old.applications).min() {
                throw .applicationUnreadable(.old, why: "it has no application '\(id)'")
            }
            try await checkIDs(state, rolls)
            return rolls
        } catch {
            throw .held(error)
        }
    }

    /// Ids that the operator gave wrongly hold the run before anything is done.
    private func checkIDs(_ state: MigrationState, _ rolls: Rolls) async throws(MigrationHold) {
        if let hold = MigrationCheck.twice(state.plan, all: rolls.old.applications).first { throw hold }
        let taken = MigrationCheck.taken(state, new: rolls.new.applications, adopted: wishes.adopted)
        guard let id = taken.first, let there = try await port.picture(.new, id) else { return }
        throw .idTaken(id, owner: there.owner)
    }

    private func claim() async throws(Stop) {
        let mayBeOwn = await record.state.claim == .open
        try await note(.claiming)
        do throws(MigrationHold) {
            try await port.claim.take(mayBeOwn, wishes.takesOver)
        } catch {
            // The claim is this migration's only where it made it. A claim that failed may be half made.
            if !mayBeOwn, !error.isOfHalfAClaim { try await note(.released) }
            throw .held(error)
        }
        try await note(.claimed)
    }

    private func release() async throws(Stop) {
        do throws(MigrationHold) {
            try await port.claim.release()
        } catch {
            throw .held(error)
        }
        try await note(.released)
    }

    func note(_ event: MigrationEvent) async throws(Stop) {
        do throws(JournalError) {
            try await record.append(event)
        } catch {
            throw .journal(error)
        }
    }

    // MARK: The applications

    private func carry(_ rolls: Rolls) async throws(Stop) {
        let state = await record.state
        let chosen = rolls.old.applications.filter { wishes.only.isEmpty || wishes.only.contains($0) }
        let proved = chosen.filter { state.course(of: $0).isProved && !wishes.again.contains($0) }
        tell(.begins(applications: chosen.count, proved: proved.count))
        var stop: Stop?
        await withTaskGroup(of: Result<Bool, Stop>.self) { group in
            var rest = chosen[...]
            var isStopped = false
            for _ in 0..<max(1, pace.atOnce) {
                guard let id = rest.popFirst() else { break }
                group.addTask { await carried(id, rolls) }
            }
            for await ended in group {
                switch ended {
                case .success(true): break
                case .success(false): isStopped = isStopped || !wishes.goesOn
                case .failure(let found): stop = stop ?? found
                }
                guard stop == nil, !isStopped, await !isInterrupted(), let id = rest.popFirst() else {
                    continue
                }
                group.addTask { await carried(id, rolls) }
            }
        }
        if let stop { throw stop }
    }

    /// - Returns: true if the application is proved, or false if it holds.
    private func carried(_ id: ApplicationID, _ rolls: Rolls) async -> Result<Bool, Stop> {
        do throws(Stop) {
            return .success(try await ApplicationRun(run: self, id: id, rolls: rolls).go())
        } catch {
            return .failure(error)
        }
    }
}

extension MigrationHold {
    /// True if the new cluster is another operator's.
    var isOfClaim: Bool {
        switch self {
        case .claimLost, .claimedByOther: true
        default: false
        }
    }

    /// True if the application that keeps others out may have been made, without its holder's name.
    fileprivate var isOfHalfAClaim: Bool {
        guard case .claimFailed = self else { return false }
        return true
    }
}
