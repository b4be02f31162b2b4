import RolloutModel

/// The upgrade of a platform in an operator's words.
enum PlatformText {
    /// The words for the step at work.
    static func doing(_ upgrade: PlatformUpgrade) -> String {
        guard let step = upgrade.step else { return "going on" }
        let place = upgrade.place
        let count = "\(place.index + 1) of \(upgrade.steps.steps.count)"
        return "\(name(step.id, place.way)) (\(count)): \(words(place.stage))"
    }

    /// The name of a step and its way: `stop-router-1` or `undo stop-router-1`.
    static func name(_ step: StepID, _ way: StepWay) -> String {
        switch way {
        case .forward: step.rawValue
        case .back: "undo \(step)"
        }
    }

    private static func words(_ stage: StepsState.Stage) -> String {
        switch stage {
        case .gating: "asking the gates"
        case .acting: "gates open; asked for"
        case .looking: "looking whether it was heard"
        case .proving: "heard; waiting for its proof"
        }
    }

    /// The words for the result of a step.
    static func words(_ found: StepsEvent.Found) -> String {
        switch found {
        case .gatesOpened: "gates open"
        case .gatesHeld(let reasons): "gates shut: " + sentences(reasons)
        case .heard: "heard"
        case .refused(let reasons): "refused: " + sentences(reasons)
        case .unheard(let why): "perhaps not heard: \(why)"
        case .cutOff: "cut off: perhaps not asked for"
        case .proved: "proved"
        case .absent(let why): "looked for, and not done: \(why)"
        case .unseen(let reasons): "looked for, and not to be seen: " + sentences(reasons)
        case .unproved(let reasons): "not proved in time: " + sentences(reasons)
        }
    }

    private static func sentences(_ reasons: [HoldReason]) -> String {
        RolloutText.sentences(reasons).joined(separator: "; ")
    }
}
