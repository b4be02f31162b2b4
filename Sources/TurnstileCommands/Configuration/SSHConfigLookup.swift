import Foundation
import ProcessInput
import RolloutModel
import SSH
import Subprocess

/// Says how hosts are reached: asks `ssh -G` what the user's ssh configuration makes of each name.
struct SSHConfigLookup: Sendable {
    var settings: Configuration.SSHSettings
    var environment: ConfigurationEnvironment
    /// Runs `ssh` with these arguments and this standard input, and gives its standard output.
    var ssh:
        @Sendable (_ host: String, _ arguments: [String], _ input: String) async throws(SSHConfigError) ->
            String

    /// The user who logs in where nobody says otherwise: that of every CoreOS image.
    static let userByDefault = "core"

    init(
        settings: Configuration.SSHSettings, environment: ConfigurationEnvironment = .live(),
        ssh:
            @escaping @Sendable (_ host: String, _ arguments: [String], _ input: String)
            async throws(SSHConfigError) -> String = SSHConfigProcess.run
    ) {
        self.settings = settings
        self.environment = environment
        self.ssh = ssh
    }

    /// - Parameters:
    ///   - login: the host's name, with the user and the port where they are known before the configuration is asked.
    ///   - options: of the host's own, in front of all files.
    ///   - isReadTwice: true if ssh reads the configuration a second time, and takes what it has not been told by then.
    ///   - isJump: true if other hosts are reached through it. Its user is then that of ssh, where nobody names one.
    func result(
        for login: SSHJump, _ options: SSHOptions? = nil, isReadTwice: Bool = false, isJump: Bool = false
    ) async -> Result<SSHConfigAnswer, SSHConfigError> {
        do throws(SSHConfigError) {
            return .success(
                try await answer(
                    for: login, options, isReadTwice: isReadTwice,
                    usualUser: isJump ? environment.userName : Self.userByDefault))
        } catch {
            return .failure(error)
        }
    }

    /// The algorithms that ssh uses where no configuration says anything; none where ssh does not tell.
    func usualAlgorithms() async -> SSHAlgorithms {
        guard let output = try? await ssh("localhost", ["-F", "/dev/stdin", "-G", "--", "localhost"], ""),
            let answer = try? SSHConfigAnswer(parsing: output, host: "localhost")
        else { return .init() }
        return answer.algorithms
    }

    /// Which hosts the files that ssh reads can tell apart.
    func scope() -> SSHConfigScope {
        switch settings.configFile {
        // Nothing is asked then.
        case .ignored: .opaque
        case .usual, .file: SSHConfigScope(files: files, environment: environment)
        }
    }

    private func answer(
        for login: SSHJump, _ options: SSHOptions?, isReadTwice: Bool, usualUser: String
    ) async throws(SSHConfigError) -> SSHConfigAnswer {
        let name = login.host
        guard HostSpecification.isName(name) else { throw .nameUnsuitable(host: name) }
        guard settings.configFile != .ignored || options != nil else {
            return .withoutConfiguration(
                name: name, port: login.port ?? 22, user: login.user ?? usualUser)
        }
        let configuration = try configurationText(usualUser: usualUser, isReadTwice: isReadTwice)
        let given =
            (options?.arguments ?? []) + (login.user.map { ["-l", $0] } ?? [])
            + (login.port.map { ["-p", "\($0)"] } ?? [])
        // On standard input, so that a fallback user can stand behind what the files say: ssh's own would be the
        // account on this machine, which nothing in the answer tells from a user that was configured.
        let output = try await ssh(name, ["-F", "/dev/stdin", "-G"] + given + ["--", name], configuration)
        return try SSHConfigAnswer(parsing: output, host: name)
    }

    private var files: [String] {
        switch settings.configFile {
        case .ignored: []
        case .usual: ["\(environment.home)/.ssh/config", "/etc/ssh/ssh_config"]
        case .file(let path): [path]
        }
    }

    /// An ssh configuration that includes the user's, unless that is to be ignored.
    private func configurationText(usualUser: String, isReadTwice: Bool) throws(SSHConfigError) -> String {
        switch settings.configFile {
        case .usual, .ignored: break
        case .file(let path):
            // To ssh, a file to include that is missing is no error.
            guard FileManager.default.isReadableFile(atPath: path) else {
                throw .fileUnreadable(path: path)
            }
        }
        for path in files where path.contains(where: { "\"\\*?[".contains($0) || $0.isNewline }) {
            throw .fileUnreadable(path: path)
        }
        return files.map { "Include \"\($0)\"\n" }.joined()
            + "\(isReadTwice ? "Match final all" : "Host *")\n  User \(usualUser)\n"
    }
}

extension SSHConfigAnswer {
    /// The answer that ssh would give with no configuration at all, but for the user.
    static func withoutConfiguration(name: String, port: UInt16, user: String) -> SSHConfigAnswer {
        SSHConfigAnswer(
            hostname: name, port: port, user: user,
            identityFiles: ["~/.ssh/id_ed25519", "~/.ssh/id_ecdsa", "~/.ssh/id_rsa"],
            userKnownHosts: ["~/.ssh/known_hosts"], globalKnownHosts: ["/etc/ssh/ssh_known_hosts"])
    }

    private init(
        hostname: String, port: UInt16, user: String, identityFiles: [String], userKnownHosts: [String],
        globalKnownHosts: [String]
    ) {
        self.hostname = hostname
        self.port = port
        self.user = user
        self.identityFiles = identityFiles
        self.userKnownHosts = userKnownHosts
        self.globalKnownHosts = globalKnownHosts
    }
}

/// The process behind `SSHConfigLookup`.
enum SSHConfigProcess {
    /// `Match exec` in a configuration runs commands, and names may be looked up.
    private static let deadlineSeconds = 30

    @Sendable static func run(_ host: String, _ arguments: [String], _ input: String)
        async throws(SSHConfigError) -> String
    {
        let outcome: Result<String, SSHConfigError> = await withTaskGroup { group in
            group.addTask { await collect(host, arguments, input) }
            group.addTask {
                // Ended early only by the cancellation below, whose result nobody reads.
                try? await Task.sleep(for: .seconds(deadlineSeconds))
                return .failure(.tooSlow(host: host, seconds: deadlineSeconds))
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? .failure(.tooSlow(host: host, seconds: deadlineSeconds))
        }
        return try outcome.get()
    }

    private static func collect(_ host: String, _ arguments: [String], _ input: String) async
        -> Result<String, SSHConfigError>
    {
        do {
            let result = try await Subprocess.run(
                .name("ssh"), arguments: Arguments(arguments),
                // ssh may end before it reads, over an option that it does not know.
                input: .fileDescriptor(try FilledFile.readEnd(of: input), closeAfterSpawningProcess: true),
                output: .string(limit: 256 << 10), error: .string(limit: 64 << 10))
            guard result.terminationStatus.isSuccess else {
                // The first line names the place, and the last one only that it is over.
                let said = result.standardError.split(whereSeparator: \.isNewline).prefix(3).joined(
                    separator: "; ")
                return .failure(
                    .failed(host: host, reason: said.isEmpty ? "\(result.terminationStatus)" : said))
            }
            return .success(result.standardOutput)
        } catch {
            return .failure(.notStarted(host: host, reason: String(describing: error)))
        }
    }
}
