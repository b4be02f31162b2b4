import Foundation
import Simulation
import Testing

/// The journal of a whole rollout of real hosts, kept when its cluster is gone: `Scripts/simulate cut` takes it, too.
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

    /// Cut after any of its entries, and resumed on a simulated fleet, it comes to the end that the real hosts came to.
    static func expectSameEndWhereverItIsCut() throws {
        let cuts = try JournalCuts([UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
        for cut in cuts.cuts {
            let difference = cuts.resume(cut)
            #expect(difference == nil, "\(cut): \(difference ?? "")")
        }
        print("journal of three hosts: \(cuts.cuts.count) cuts, all resumed")
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
