/// A request, in a file beside a journal, that its rollout stop after the host at work. The process that drives the
/// rollout looks for the file. The request is no entry of the journal, because a journal has one writer.
public struct HoldRequest: Sendable {
    private let file: SideFile

    /// - Parameter journal: the rollout's journal.
    public init(beside journal: String) { file = SideFile(beside: journal, ending: "hold") }

    public var path: String { file.path }

    public var isThere: Bool { file.isThere }

    /// The operator who made it, as the file has it; nil where there is no request. A request that cannot be read is one
    /// by somebody.
    public var by: String? {
        guard isThere else { return nil }
        return file.line ?? "somebody"
    }

    /// Makes the request, mode 0600. Repeating it changes nothing.
    ///
    /// - Parameter by: the operator, `user@machine`, for people.
    /// - Throws: `JournalError.forbidden`, `.notWritten`.
    public func lay(by: String) throws(JournalError) { try file.lay(by) }

    /// Removes the request, if there is one: it was answered, or belongs to another run.
    public func remove() { file.remove() }
}
