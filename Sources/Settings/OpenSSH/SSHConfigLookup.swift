import Foundation
import ProcessInput
import RolloutModel
import SSH
import Subprocess

/// Looks up how hosts are reached, by asking `ssh -G` for the user's ssh configuration of each name.
package struct SSHConfigLookup: Sendable {
    var settings: Configuration.SSHSettings
    var environment: ConfigurationEnvironment
    /// Runs `ssh` with these arguments and this standard input, and returns its standard output.
    var ssh:
        @Sendable (_ host: String, _ arguments: [String], _ input: String) async throws(SSHConfigError) ->
            String

    /// The user who logs in where no configuration names one: that of every CoreOS image.
    package static let userByDefault = "core"

    package init(
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
    ///   - options: the host's own options, which come before all files.
    ///   - hangsOnUser: true if user and port may decide other settings.
    ///   - isJump: true if other hosts are reached through this host. The user is then ssh's own default, where no
    ///     configuration names one.
    func result(
        for login: SSHJump, _ options: SSHOptions? = nil, hangsOnUser: Bool = false, isJump: Bool = false
    ) async -> Result<SSHConfigAnswer, SSHConfigError> {
        do throws(SSHConfigError) {
            return .success(
                try await answer(
                    for: login, options, hangsOnUser: hangsOnUser,
                    usualUser: isJump ? environment.userName : Self.userByDefault))
        } catch {
            return .failure(error)
        }
    }

    /// The algorithms that ssh uses by default; empty where ssh does not tell them.
    func usualAlgorithms() async -> SSHAlgorithms {
        guard let output = try? await ssh("localhost", ["-F", "/dev/stdin", "-G", "--", "localhost"], ""),
            let answer = try? SSHConfigAnswer(parsing: output, host: "localhost")
        else { return .init() }
        return answer.algorithms
    }

    /// The scope of the files that ssh reads: which hosts they can tell apart.
    func scope(_ options: SSHOptions?) -> SSHConfigScope {
        let files = SSHConfigFiles(settings.configFile, options, environment)
        // Without any file ssh is not asked, so no answer needs to be shared.
        return files.all.isEmpty ? .opaque : SSHConfigScope(files: files, environment: environment)
    }

    private func answer(
        for login: SSHJump, _ options: SSHOptions?, hangsOnUser: Bool, usualUser: String
    ) async throws(SSHConfigError) -> SSHConfigAnswer {
        guard HostSpecification.isName(login.host) else { throw .nameUnsuitable(host: login.host) }
        guard settings.configFile != .ignored || options != nil else {
            return .withoutConfiguration(
                name: login.host, port: login.port ?? 22, user: login.user ?? usualUser)
        }
        let files = SSHConfigFiles(settings.configFile, options, environment)
        try files.check(host: login.host)
        var question = SSHConfigQuestion(
            login: login, options: options, files: files, wantsDigest: hangsOnUser)
        guard login.user == nil else { return try await ask(question) }
        question.ending = .nobody
        var answer = try await ask(question)
        if answer.isReadTwice, answer.user == SSHConfigQuestion.nobody {
            question.ending = .nobodyInTheEnd
            answer = try await ask(question)
        }
        guard answer.user == SSHConfigQuestion.nobody else { return answer }
        answer.user = usualUser
        guard hangsOnUser else { return answer }
        (question.login.user, question.ending) = (usualUser, .none)
        return try await ask(question)
    }

    private func ask(_ question: SSHConfigQuestion) async throws(SSHConfigError) -> SSHConfigAnswer {
        let host = question.login.host
        return try SSHConfigAnswer(
            parsing: try await ssh(host, question.arguments, question.configuration(environment)), host: host)
    }
}

extension SSHConfigAnswer {
    /// The answer that ssh would give with no configuration at all, apart from the user.
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
    private static let deadline = Duration.seconds(30)

    @Sendable static func run(_ host: String, _ arguments: [String], _ input: String)
        async throws(SSHConfigError) -> String
    {
        let outcome: Result<String, SSHConfigError> = await withTaskGroup { group in
            group.addTask { await collect(host, arguments, input) }
            group.addTask {
                // Only the cancellation below ends the sleep early, and its result is not read.
                try? await Task.sleep(for: deadline)
                return .failure(.tooSlow(host: host, after: deadline))
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? .failure(.tooSlow(host: host, after: deadline))
        }
        return try outcome.get()
    }

    private static func collect(_ host: String, _ arguments: [String], _ input: String) async
        -> Result<String, SSHConfigError>
    {
        do {
            let result = try await Subprocess.run(
                .name("ssh"), arguments: Arguments(arguments),
                // ssh may end before it reads its input, because of an option that it does not know.
                input: .fileDescriptor(try FilledFile.readEnd(of: input), closeAfterSpawningProcess: true),
                output: .string(limit: 256 << 10), error: .string(limit: 64 << 10))
            guard result.terminationStatus.isSuccess else {
                // The first line names the place; the last line says only that ssh gives up.
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
