import Foundation
import KeptFormats
import RolloutJournal
import RolloutModel
import Testing

@testable import TurnstileCommands

/// A rollout that has the cluster, and whose journal here is of no use, is refused with both ways out.
@Suite struct StrangeHolderTests {
    @Test(arguments: StrangeFile.makeable.filter { ![.copy, .newerFormat].contains($0) })
    func itsWaysOutAreNamed(
        strange: StrangeFile
    )
        throws
    {
        try withChoice { choice in
            let rollout = RolloutID("r-2")
            try strange.put(
                at: choice.directory.journalPath(of: rollout), insteadOf: Data("{\"at\":\"\"}\n".utf8))
            #expect {
                try choice.requireReadable(rollout)
            } throws: { error in
                let text = "\(error)"
                return (error as? CommandFailure)?.code == .held && text.contains("unlock r-2'")
                    && text.contains("resume --from-hosts'")
            }
            // A rollout without a journal here is another machine's.
            try choice.requireReadable(RolloutID("r-3"))
        }
    }

    private func withChoice(_ body: (RolloutChoice) throws -> Void) throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("holder-\(UUID())")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        var configuration = try TurnstileCommands.Configuration.load(
            path: nil, overrides: .init(),
            environment: ConfigurationEnvironment(
                home: place.path, workingDirectory: place.path, userName: "ann"))
        configuration.journal = place.path
        try body(RolloutChoice(configuration, Invocation()))
    }
}
