/// A mark, in a file beside a journal: the process that has the journal open asks hosts first, and has gone on with
/// nothing yet. The mark of a dead process means nothing, as no process has the journal open then.
public struct TakeUpMark: Sendable {
    private let file: SideFile

    /// - Parameter journal: the rollout's journal.
    public init(beside journal: String) { file = SideFile(beside: journal, ending: "taking-up") }

    public var path: String { file.path }

    public var isThere: Bool { file.isThere }

    /// Makes the mark, mode 0600. Without it a status says that the rollout runs: no reason to stop a rollout.
    public func lay() { try? file.lay("taking up") }

    public func remove() { file.remove() }
}
