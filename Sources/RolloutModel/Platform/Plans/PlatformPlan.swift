/// The upgrade of a platform, as a value: the wish, the platform as it was before, and every step.
public struct PlatformPlan: Codable, Hashable, Sendable {
    public var wish: PlatformWish
    public var baseline: PlatformBaseline
    public var steps: PlatformSteps
    /// The means of the upgrade; nil where they are not known, or none are needed.
    public var means: PlatformMeans?

    /// - Parameter isBackedUp: true if a person says that there is a backup. Otherwise a backup is made
    ///   first.
    /// - Throws: `StepsFlaw` for a platform whose units cannot be told apart.
    public init(
        _ wish: PlatformWish, _ baseline: PlatformBaseline, isBackedUp: Bool = false,
        means: PlatformMeans? = nil
    ) throws(StepsFlaw) {
        self.wish = wish
        self.baseline = baseline
        self.means = means
        let draft = PlatformDraft(wish: wish, baseline: baseline)
        let course =
            switch wish.way {
            case .inPlace: draft.inPlace
            case .graceful: draft.graceful
            case .documented: draft.documented
            }
        steps = try PlatformSteps((isBackedUp ? [] : [draft.backUp]) + course + [draft.proof])
    }

    /// The step that no way leads back from.
    public var pointOfNoReturn: StepID? { steps.steps.first { $0.undo == .impossible }?.id }
}

/// Makes the steps of a procedure for one platform.
struct PlatformDraft {
    var wish: PlatformWish
    var baseline: PlatformBaseline

    var units: [PlatformUnit] { baseline.units }
    var old: PlatformVersion { baseline.version }
    var new: PlatformVersion { wish.version }

    /// Groups of the units that there are, in an order of components.
    func groups(_ order: [[PlatformComponent]]) -> [[PlatformUnit]] {
        order.map { units.of($0) }.filter { !$0.isEmpty }
    }

    /// A step that is named after its verb and its group of units.
    func step(
        _ verb: String, _ units: [PlatformUnit], _ move: PlatformMove,
        undo: StepUndo<PlatformAct, PlatformProof>
    ) -> PlatformStep {
        PlatformStep(id: Self.id(verb, units), move: move, undo: undo)
    }

    private static func id(_ verb: String, _ units: [PlatformUnit]) -> StepID {
        guard let first = units.first else { return StepID(verb) }
        let number = units.count == 1 ? first.number.map { "-\($0)" } ?? "" : ""
        return StepID("\(verb)-\(first.component)\(number)")
    }

    // MARK: Steps that every way has

    var backUp: PlatformStep {
        PlatformStep(
            id: "back-up",
            move: PlatformMove(
                before: [.readable], act: .backUp, after: [.backedUp], deadline: .seconds(600),
                doubt: .lookFirst),
            undo: .nothing)
    }

    /// The last step, which proves everything once more. The store is at work by then, and applications are
    /// asked through each router.
    var proof: PlatformStep {
        PlatformStep(
            id: "prove",
            move: .look(
                until: [
                    .steadily(
                        for: Self.steadyTime,
                        [.running(units), .othersServe(nil), .published, .controller(new)])
                ], within: .seconds(600)),
            undo: .nothing)
    }

    /// The time that the last proof must be seen. The time is longer than the publisher's TTL.
    private static let steadyTime = Duration.seconds(25)

    func setVersion(when gates: [PlatformProof]) -> PlatformStep {
        PlatformStep(
            id: "set-version", move: .setVersion(new, when: gates), undo: .by(move: .setVersion(old)))
    }

    /// Starts the units that there were, group by group. The first group of the control plane is the point
    /// of no return.
    func starts(_ groups: [[PlatformUnit]], when gates: [PlatformProof] = []) -> [PlatformStep] {
        var isPast = false
        return groups.map { group in
            let changesData = !group.of(.control).isEmpty
            defer { isPast = isPast || changesData }
            let word: [PlatformProof] = changesData && !isPast ? [.noReturnAccepted(new)] : []
            return step(
                "start", group, .start(group, by: .new, when: gates + word),
                undo: isPast || changesData ? .impossible : .by(move: .stop(group, by: .new)))
        }
    }
}

extension StepID: ExpressibleByStringLiteral {
    public init(stringLiteral name: String) { self.init(rawValue: name) }
}
