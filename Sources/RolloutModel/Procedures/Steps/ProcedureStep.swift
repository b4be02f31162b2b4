/// A step of a procedure that is a plain sequence.
public struct ProcedureStep<Act: StepAct, Proof: StepProof>: Codable, Hashable, Sendable {
    public var id: StepID
    public var move: StepMove<Act, Proof>
    public var undo: StepUndo<Act, Proof>

    public init(id: StepID, move: StepMove<Act, Proof>, undo: StepUndo<Act, Proof>) {
        self.id = id
        self.move = move
        self.undo = undo
    }
}

/// The means by which a step is undone.
public enum StepUndo<Act: StepAct, Proof: StepProof>: Codable, Hashable, Sendable {
    /// The step left nothing to undo.
    case nothing
    /// The step is undone by another act. The act must do no harm where the step's own act was never heard.
    case by(move: StepMove<Act, Proof>)
    /// The step cannot be undone: it is a point of no return.
    case impossible
}
