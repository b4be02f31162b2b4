import ArgumentParser
import Foundation
import RolloutJournal
import Simulation

/// A journal of many lines in a file, and what it costs to read it.
struct LongJournal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Write the journal of a long rollout, or read one.",
        subcommands: [Write.self, Read.self])

    struct Write: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write one of a rollout that goes as it should, and print how many entries it has.")

        @Argument var path: String
        @Option(help: "Ten entries each, and two a hold.") var hosts = 10_000
        @Option(help: "How often each host's gates hold before they open.") var holds = 0

        func run() async throws {
            var rollout = LongRollout(hosts: hosts, holds: holds)
            try await rollout.play()
            try Data(rollout.journal).write(to: URL(fileURLWithPath: path))
            print(rollout.entries)
        }
    }

    struct Read: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read one as 'turnstile journal verify' does, and print how many entries it has.")

        @Argument var path: String

        func run() throws {
            print(try Journal.reading(path: path).record.entryCount)
        }
    }
}
