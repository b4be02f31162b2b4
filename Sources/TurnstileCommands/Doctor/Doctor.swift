import ArgumentParser
import Glibc
import Reports
import RolloutModel
import Settings

/// `turnstile doctor`
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What is wrong with this set-up, and how to mend it. Needs no agent, changes nothing.",
        usage: "turnstile doctor [<options>] [<hosts> ...]",
        discussion: """
            Asks of this machine, of each host and of the cluster what rollouts depend on: configuration, keys, \
            known_hosts, sudo, agents, etcd, fleet, Consul, clocks, windows, Kubernetes. Each line says what was \
            asked, of what, and the answer. Below a warning or a fault stands what to type or to set.

            Exit code 1 where there is a fault.
            """)

    @OptionGroup var hosts: HostOptions
    @OptionGroup var choice: ChoiceOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: ArgumentHelp("How long all questions to one host may take together.", valueName: "seconds"))
    var deadline = 60.0

    static let deadlineMax = 3600.0

    @ParentCommand var turnstile: TurnstileCommand

    func validate() throws {
        guard deadline > 0, deadline <= Self.deadlineMax else {
            throw ValidationError(
                "--deadline \(deadline): more than 0, and at most \(Int(clamping: Self.deadlineMax))")
        }
    }

    func run() async throws {
        try await turnstile.files.reportingFailure {
            let (checkup, hostCount) = try await checkup()
            let report = CheckupReport(
                checkup, hostCount: hostCount,
                configuration: turnstile.files.config ?? Configuration.usualPath,
                invocation: turnstile.files.invocation)
            // The summary comes after the lines, also where these go through a pipe.
            try output.output.show(report) { report.lines(on: $0) + [report.summary] }
            guard let failure = report.failure else { return }
            guard output.output == .table else { throw failure }
            throw ExitCode(failure.code.rawValue)
        }
    }

    /// - Throws: `CommandFailure` for options that mean nothing.
    private func checkup() async throws -> (Checkup, hostCount: Int) {
        var configuration: Configuration
        do throws(ConfigurationError) {
            configuration = try turnstile.files.configuration(choice.limits.overlay(hosts.overrides))
        } catch {
            return (try checkup(of: error.problems), 0)
        }
        // A list on standard input can be read only once.
        if hosts.asksCluster {
            configuration = try await hosts.configuration(turnstile.files, choice.limits.overlay)
        }
        configuration = try await choice.applied(to: configuration).ofChosenAlone
        let progress = CheckupProgress(terminal: .standardError())
        let look = SetupLook(
            configuration: configuration, file: turnstile.files.config,
            isPart: !hosts.hosts.isEmpty || choice.isGiven,
            deadline: .seconds(deadline), progress: progress)
        return (await progress.following { await look.checkup() }, configuration.hosts.count)
    }

    /// The checkup of a configuration that does not load.
    private func checkup(of problems: [ConfigurationProblem]) throws -> Checkup {
        let ofOptions = problems.filter { $0.file == nil }
        guard ofOptions.isEmpty else {
            throw CommandFailure(.usage, ConfigurationError(ofOptions).description)
        }
        let missing = missingFile
        return Checkup(problems.map { $0.finding(missing: missing) })
    }

    /// The configuration's path where nothing is; nil where something is, or that cannot be told.
    private var missingFile: String? {
        let name = turnstile.files.config ?? Configuration.usualPath
        let environment = ConfigurationEnvironment.live()
        var status = stat()
        let found = lstat(environment.absolute(name, from: environment.workingDirectory), &status)
        return found != 0 && errno == ENOENT ? name : nil
    }
}
