import RolloutModel

/// The process that is at a rollout now, by its journal's lock and the files beside it.
public struct RolloutAttendance: Hashable, Sendable {
    public var process: Process
    /// True if that process was asked to stop before the next host, and has not yet.
    public var isAskedToHold: Bool

    public enum Process: Hashable, Sendable {
        /// No process has the journal open.
        case none
        /// A process asks hosts first, to take the rollout up, and has gone on with nothing yet.
        case takingUp
        case driving
    }

    public init(_ process: Process, isAskedToHold: Bool) {
        self.process = process
        self.isAskedToHold = isAskedToHold
    }

    public static let nobody = RolloutAttendance(.none, isAskedToHold: false)
    public static let driving = RolloutAttendance(.driving, isAskedToHold: false)
}

extension JournalStore {
    /// The process that is at a rollout now, on this machine.
    public func attendance(of rollout: RolloutID) async throws(JournalError) -> RolloutAttendance {
        // The files that a dead process left mean nothing.
        guard try await isBeingWritten(rollout) else { return .nobody }
        return RolloutAttendance(
            await takeUps.isThere(rollout) ? .takingUp : .driving,
            isAskedToHold: await holds.isAsked(rollout))
    }
}
