/// A procedure that is a plain sequence: steps as data, one after another, and backwards when they are undone.
///
/// A value in a plan. The rules by which it goes on are in `transition`, `turnBack` and `outstanding`.
public struct Steps<Act: StepAct, Proof: StepProof>: Hashable, Sendable {
    public let steps: [ProcedureStep<Act, Proof>]

    /// - Throws: `StepsFlaw` for steps that could not be told apart, could not be proved, or would wait for ever.
    public init(_ steps: [ProcedureStep<Act, Proof>]) throws(StepsFlaw) {
        var ids: Set<StepID> = []
        for step in steps {
            guard PlainName.isPlain(step.id.rawValue) else { throw .notPlain(step.id) }
            guard ids.insert(step.id).inserted else { throw .twice(step.id) }
            try Self.check(step.move, of: step.id)
            if case .by(let move) = step.undo { try Self.check(move, of: step.id) }
        }
        self.steps = steps
    }

    private static func check(_ move: StepMove<Act, Proof>, of step: StepID) throws(StepsFlaw) {
        guard !move.after.isEmpty else { throw .unprovable(step) }
        guard move.deadline > .zero, move.deadline <= StepMove<Act, Proof>.deadlineMax else {
            throw .deadline(step, move.deadline)
        }
    }
}

/// Steps that cannot be a procedure.
public enum StepsFlaw: Error, Hashable, Sendable, CustomStringConvertible {
    case notPlain(StepID)
    case twice(StepID)
    case unprovable(StepID)
    case deadline(StepID, Duration)

    public var description: String {
        switch self {
        case .notPlain(let step): "'\(ForeignText.line(step.rawValue))' is no name of a step"
        case .twice(let step): "two steps are named '\(step)'"
        case .unprovable(let step): "step '\(step)' has an act and no proof of it"
        case .deadline(let step, let deadline):
            "step '\(step)' has a deadline of \(deadline.inSeconds) s, which is none"
        }
    }
}

extension Steps: Codable {
    /// A plan's steps are checked again when they are read.
    public init(from decoder: any Decoder) throws {
        let steps = try decoder.singleValueContainer().decode([ProcedureStep<Act, Proof>].self)
        do throws(StepsFlaw) {
            try self.init(steps)
        } catch {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: error.description))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(steps)
    }
}
