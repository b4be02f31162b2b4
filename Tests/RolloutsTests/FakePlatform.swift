import RolloutModel
import Rollouts
import Synchronization

/// A platform on which each act has its effect at once.
final class FakePlatform: Sendable {
    private let state = Mutex(State())

    struct State {
        var acts: [PlatformAct] = []
        /// True if the controller does not start in its new version.
        var isDead = false
        /// True if the deisctl of the plan is another one by now.
        var isLost = false
    }

    static let noReturn = PlatformHold.databaseWouldMigrate(
        from: PlatformVersion(1, 13, 3), to: PlatformVersion(1, 13, 4))
    static let differs = PlatformHold.deisctlUnusable(side: .new, why: "it is another file")
    private static let dead = PlatformHold.unitsFailing(units: ["controller on m1: activating/auto-restart"])

    var acts: [PlatformAct] { state.withLock { $0.acts } }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    func open() throws(CommandRefusal) -> PlatformPort {
        guard !state.withLock({ $0.isLost }) else { throw .held([.platform(Self.differs)]) }
        return PlatformPort(
            look: { [self] proofs, acceptsNoReturn in look(proofs, acceptsNoReturn) },
            perform: { [self] act in
                state.withLock { $0.acts.append(act) }
                return .heard
            })
    }

    private func look(_ proofs: [PlatformProof], _ acceptsNoReturn: Bool) -> [PlatformHold] {
        let isDead = state.withLock { $0.isDead }
        return proofs.flatMap { proof -> [PlatformHold] in
            switch proof {
            case .noReturnAccepted: acceptsNoReturn ? [] : [Self.noReturn]
            case .running(let units): isDead && !units.of([.controller]).isEmpty ? [Self.dead] : []
            default: []
            }
        }
    }

    /// A small platform, to be upgraded in place.
    static func plan() throws -> PlatformPlan {
        let machine = MachineID("m1")
        let units = [
            PlatformUnit(.controller), PlatformUnit(.database), PlatformUnit(.publisher),
            PlatformUnit(.router, 1), PlatformUnit(.storeDaemon),
        ]
        let baseline = PlatformBaseline(
            version: PlatformVersion(1, 13, 3), domain: "example.org",
            placements: units.map { .init(unit: $0, machines: [machine]) }, applications: [],
            machines: [PlatformMachine(id: machine, address: "10.0.0.11")])
        return try PlatformPlan(
            PlatformWish(way: .inPlace, version: PlatformVersion(1, 13, 4)), baseline, isBackedUp: true)
    }
}
