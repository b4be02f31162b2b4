import Foundation
import RolloutModel

extension JournalDirectory {
    public func runbookPath(of name: RunbookName) -> String { "\(path)/\(name)\(Self.runbookSuffix)" }

    /// The names of the runbooks that have a record here, in their order.
    ///
    /// - Throws: `JournalError.directoryUnreadable`.
    public func runbooks() throws(JournalError) -> [RunbookName] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { $0.hasSuffix(Self.runbookSuffix) }
                .map { RunbookName(String($0.dropLast(Self.runbookSuffix.count))) }.sorted()
        } catch {
            throw .directoryUnreadable(path: path, why: "it cannot be read")
        }
    }

    /// Reads a runbook's record, also while another process writes it.
    ///
    /// - Returns: nil where there is none.
    /// - Throws: `JournalError`; `.foreign` also for the record of another runbook, as a copy under another name is.
    public func runbook(named name: RunbookName) throws(JournalError) -> RunbookState? {
        let path = runbookPath(of: name)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let state = try RecordReading<RunbookState>(JournalBlocks(ofFile: path), path: path).state
        try Self.require(state, name, path)
        return state
    }

    /// Opens a runbook's record to go on with it.
    ///
    /// - Returns: nil where there is none.
    /// - Throws: `JournalError.inUse` while another process has it; else as `runbook(named:)`.
    public func openRunbook(named name: RunbookName) async throws(JournalError) -> RunbookRecord? {
        let path = runbookPath(of: name)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let record = try await RunbookRecord(resuming: .existing(at: path))
        try Self.require(await record.state, name, path)
        return record
    }

    /// - Throws: `JournalError.exists` where there is one, `.notWritten`.
    public func beginRunbook(
        named name: RunbookName, _ runbook: Runbook
    ) async throws(JournalError) -> RunbookRecord {
        try prepare()
        return try await RunbookRecord(beginning: name, runbook, on: .new(at: runbookPath(of: name)))
    }

    /// The stages of runbooks that rollouts were begun for, by every record here.
    ///
    /// - Parameter leavesOut: is told of each record that cannot be read.
    public func runbookPlaces(leavesOut: (JournalError) -> Void) -> [RolloutID: RunbookPlace] {
        var places: [RolloutID: RunbookPlace] = [:]
        // Whoever lists the rollouts themselves tells why the directory cannot be listed.
        for name in (try? runbooks()) ?? [] {
            do throws(JournalError) {
                guard let state = try runbook(named: name) else { continue }
                places.merge(state.places) { kept, _ in kept }
            } catch {
                leavesOut(error)
            }
        }
        return places
    }

    private static func require(
        _ state: RunbookState, _ name: RunbookName, _ path: String
    ) throws(JournalError) {
        guard state.name != name else { return }
        throw .foreign(path: path, why: "it is the record of runbook '\(state.name)', under another name")
    }

    /// No rollout's journal ends so.
    public static let runbookSuffix = ".runbook"
}
