import RolloutModel

/// The upgrade of a platform in an operator's words.
package enum PlatformText {
    /// The words for the step at work.
    static func doing(_ upgrade: PlatformUpgrade) -> String {
        guard let step = upgrade.step else { return "going on" }
        let place = upgrade.place
        let count = "\(place.index + 1) of \(upgrade.steps.steps.count)"
        let way = place.way == .back ? "going back: " : ""
        return "\(way)\(name(step.id, place.way)) (\(count)): \(words(place.stage, of: step, place.way))"
    }

    /// The name of a step and its way: `stop-router-1` or `undo stop-router-1`.
    static func name(_ step: StepID, _ way: StepWay) -> String {
        switch way {
        case .forward: step.rawValue
        case .back: "undo \(step)"
        }
    }

    /// The data that Deis' documents want kept besides etcd's keys (docs/managing_deis/backing_up_data.rst).
    package static let dataToKeep = [
        """
          - the database: docker exec deis-database sudo -u postgres pg_dumpall, on the database's host; its last line says \
        that it is complete
        """,
        """
          - the store's buckets db_wal and registry: s3cmd sync, with the keys gateway/accessKey and gateway/secretKey of \
        'deisctl config store get'
        """,
        "  - the file store: tar of /var/lib/deis/store on one host",
    ]

    /// The steps that nobody does any more once an upgrade is given up.
    static func givenUp(_ steps: [PlatformStep]) -> [String] {
        ["Not done any more, and to be done by hand; what these start stays stopped until then:"]
            + steps.map { "  - \($0.move.act)" }
    }

    /// The way on after an upgrade was given up behind its point of no return.
    ///
    /// - Parameter acts: those behind that point. Some of them may be done.
    static func left(_ acts: [String]) -> [String] {
        [
            "What of these was not done yet is to be done by hand; 'turnstile platform audit' tells what does not run, and how to "
                + "start it:"
        ] + acts.map { "  - \(Columns.Cell($0).text)" }
    }

    private static func words(_ stage: StepsState.Stage, of step: PlatformStep, _ way: StepWay) -> String {
        let move =
            switch (way, step.undo) {
            case (.back, .by(let undo)): undo
            default: step.move
            }
        return switch stage {
        case .gating: "asking the gates"
        case .acting: "gates open; asked for: \(move.act)"
        case .looking: "looking whether it was heard"
        case .proving: "heard; waiting for its proof, \(move.deadline.words) at most"
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
