import ArgumentParser
import Coordinator
import Foundation
import Reports
import RolloutModel
import Settings

/// The command `turnstile platform backup`.
struct PlatformBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Keep etcd's keys of Deis and of fleet, units included, in a directory on this machine.",
        usage: "turnstile platform backup [<options>] [<hosts> ...]",
        discussion: """
            The keys have the platform's secrets: only you can read the files. Data that is not in etcd is not in this \
            backup: what is left to do is printed.
            """)

    @OptionGroup var hosts: HostOptions

    @Option(help: "The directory, which must not be there yet. (default: platform-TIME here)")
    var into: String?

    @ParentCommand var platform: PlatformCommand

    func run() async throws {
        let files = platform.turnstile.files
        try await files.reportingFailure {
            let configuration = try await hosts.configuration(files)
            let backup = try await PlatformSession.with(configuration, controller: nil) {
                await $0.reading.backup()
            }
            guard case .seen(let found) = backup else {
                throw CommandFailure(.failed, "the platform's keys could not be read: \(Self.why(backup))")
            }
            let directory = BackupDirectory(path: into ?? BackupDirectory.newPath)
            try directory.write(found)
            print(directory.path)
            (["Not in it, and to be kept as well:"] + PlatformText.dataToKeep).forEach { say($0) }
        }
    }

    private static func why(_ backup: Observation<PlatformBackup>) -> String {
        guard case .unknown(let why) = backup else { return "" }
        return why
    }
}
