import Foundation

/// The journal of a whole rollout of real hosts, kept when its cluster is gone.
enum KeptJournal {
    /// Of three hosts, finished; where the test that makes it has run in this checkout.
    static let path = "\(PracticeCluster.root)/.build/journals/three-hosts.jsonl"

    /// Keeps the one rollout that was made on a cluster.
    static func keep(of cluster: PracticeCluster) throws {
        let files = FileManager.default
        let made = try cluster.journalPath()
        try files.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(contentsOf: URL(fileURLWithPath: made)).write(
            to: URL(fileURLWithPath: path), options: .atomic)
    }
}

extension PracticeCluster {
    /// Of the only rollout that its own operator made on it.
    func journalPath() throws -> String {
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(directory)/journal")
            .filter { $0.hasSuffix(".jsonl") }
        guard files.count == 1 else { throw Failure(what: "there is not one journal, but \(files)") }
        return "\(directory)/journal/\(files[0])"
    }
}
