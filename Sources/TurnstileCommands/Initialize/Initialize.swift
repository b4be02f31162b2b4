import ArgumentParser
import Coordinator
import Foundation
import Reports
import RolloutModel
import Rollouts
import Settings

/// `turnstile init`
struct Initialize: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "A first turnstile.yaml, from what one host tells of its cluster. Changes nothing there.",
        usage: "turnstile init --from <host> [<options>]",
        discussion: """
            Reads through that host which others there are (by fleet, or by etcd's members), where each reaches its \
            own etcd and with which TLS files, fleet's agent_ttl, and what else reboots hosts. A comment stands in the \
            place of what could not be found out, and says how to fill it in.

            An existing turnstile.yaml says how the host is reached, and that goes into the new one.
            """)

    @Option(
        help: ArgumentHelp("The host to look through, as you name it to ssh.", valueName: "host"),
        completion: .hosts)
    var from: String

    @Option(
        help: ArgumentHelp(
            "The file to write. One that is there stays as it is. (default: standard output)",
            valueName: "file"))
    var write: String?

    @Flag(help: "Replace the file of --write.")
    var force = false

    @Option(help: "The user to log in as.")
    var user: String?

    @Option(name: .customLong("identity-file"), help: "A private key to log in with; may be given again.")
    var identityFiles: [String] = []

    @ParentCommand var turnstile: TurnstileCommand

    func validate() throws {
        guard !force || write != nil else { throw ValidationError("--force goes with --write") }
    }

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let file = write.map { NewFile(path: $0, replaces: force) }
            try file?.requireRoom()
            let (known, configuration) = try configurations()
            let progress = CheckupProgress(terminal: .standardError())
            let look = ClusterFirstLook(configuration: configuration, flags: flags, progress: progress)
            let found = await progress.following { await look.found() }
            let text = try draft(try found.get(), configuration, known).text
            guard let file else { return FileHandle.standardOutput.put(text) }
            try file.write(text)
            say(next(file.path))
        }
    }

    /// The flags that say how the host is reached, as they are typed, each with a blank behind it.
    private var flags: String {
        let user = HostSpecification(from)?.user ?? user
        let users = user.map { ["--user \(ShellWord($0)) "] } ?? []
        let files = identityFiles.map { "--identity-file \(ShellWord($0)) " }
        return (users + files).joined()
    }

    /// The hosts that are known already, and how the one that is named here is reached.
    private func configurations() throws(CommandFailure) -> ([Configuration.HostAddress], Configuration) {
        var overrides = ConfigurationOverrides()
        overrides.user = user
        overrides.identityFiles = identityFiles
        let known = try turnstile.files.load(overrides).hosts
        overrides.hosts = [from]
        return (known, try turnstile.files.load(overrides))
    }

    private func draft(
        _ found: ClusterFirstLook.Found, _ configuration: Configuration, _ known: [Configuration.HostAddress]
    ) throws -> ConfigurationDraft {
        let seed = configuration.hosts[0]
        return try ConfigurationDraft(
            found.picture, seed: seed, known: known, ssh: configuration.ssh, nodes: found.nodes)
    }

    private func next(_ path: String) -> String {
        let isUsual = path == Configuration.usualPath
        let doctor = isUsual ? "turnstile doctor" : "turnstile --config \(ShellWord(path)) doctor"
        return "Wrote '\(path)'. Look it through, then check it: \(doctor)"
    }
}
