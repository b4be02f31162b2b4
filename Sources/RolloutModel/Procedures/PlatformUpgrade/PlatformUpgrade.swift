/// The upgrade of a platform, as work of a rollout: the steps of its plan, and the place among them.
public struct PlatformUpgrade: Codable, Hashable, Sendable {
    public let steps: PlatformSteps
    public private(set) var place: StepsState

    /// Makes an upgrade that stands before the first step.
    init(_ steps: PlatformSteps) {
        self.steps = steps
        place = StepsState(index: 0, way: .forward)
    }

    /// The step at work.
    public var step: PlatformStep? {
        steps.steps.indices.contains(place.index) ? steps.steps[place.index] : nil
    }

    /// The step after which nothing can be undone, once it may have been heard; nil before that.
    public var pointOfNoReturn: StepID? { steps.pointOfNoReturn(before: place) }

    /// True while the platform is as it was, and the step at work would be the first to change it.
    var isAboutToBegin: Bool {
        place.way == .forward && place.told == 0 && step?.move.act.changesPlatform == true
            && !steps.steps.prefix(place.index).contains { $0.move.act.changesPlatform }
    }

    var directives: [RolloutMachine.Directive] { steps.directives(in: place).map(\.asked) }

    var outstanding: [RolloutMachine.Directive] { steps.outstanding(in: place).map(\.asked) }

    /// The same upgrade where a person's wish to stop can be met; nil elsewhere. Nothing is under way
    /// there, and nothing runs out.
    var stopped: Self? { steps.isRestingPlace(place) ? self : nil }

    /// - Returns: nil for an event that cannot follow, with nothing changed.
    mutating func handle(_ event: RolloutMachine.Event) -> ProcedureAnswer? {
        guard case .step(let id, let way, let found) = event,
            let answer = try? steps.transition(from: place, on: StepsEvent(step: id, way: way, found: found))
        else { return nil }
        return take(answer)
    }

    /// Undoes the steps that were done, the last step first. The upgrade ends where it stands after the
    /// point of no return.
    mutating func turnBack() -> ProcedureAnswer {
        if let pointOfNoReturn { return .done(.steps(.undone(downTo: pointOfNoReturn))) }
        guard let answer = try? steps.turnBack(from: place) else { return .stay }
        return take(answer)
    }

    private mutating func take(_ answer: PlatformSteps.Answer) -> ProcedureAnswer {
        switch answer {
        case .stay(let next, _):
            place = next
            return .stay
        case .hold(let next, let stop):
            place = next
            return .hold(stop.reasons)
        case .done(let result):
            return .done(.steps(result))
        }
    }
}

extension PlatformUpgrade: CustomStringConvertible {
    public var description: String { "step '\(step?.id.rawValue ?? "")' \(place.way) \(place.stage)" }
}

extension PlatformSteps.Directive {
    /// The directive of the rollout. An intent is an entry of the rollout's journal.
    fileprivate var asked: RolloutMachine.Directive {
        guard case .record(let intent) = self else { return .step(self) }
        return .record(.step(id: intent.step, way: intent.way))
    }
}

extension StepsStop {
    fileprivate var reasons: [HoldReason] {
        switch self {
        case .reasons(let reasons): reasons
        case .ignored(let intent, let asks, let why):
            [.platform(.stepWithoutEffect(step: intent.step, asks: asks, why: why))]
        }
    }
}
