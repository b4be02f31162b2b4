import AgentProtocol
import ArgumentParser
import HostAgent
import Logging

@main
struct TurnstileAgent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "turnstile-agent",
        abstract: "Performs the steps of an update on the host it runs on.",
        discussion: """
            Run by turnstile over SSH. A verb that changes the host reads its request as one JSON line from standard \
            input; every verb answers in JSON lines on standard output.
            """,
        version: Agent.version,
        subcommands: [
            Report.self, Claim.self, Release.self, Stage.self, Prefetch.self, Arm.self, Reboot.self,
            Commit.self, Rollback.self,
            Abandon.self, Run.self, Confined.self,
        ])
}

protocol Verb: AsyncParsableCommand {
    static var verb: AgentVerb { get }
}

extension Verb {
    private var requestAllowed: Duration { .seconds(30) }

    func run() async throws {
        let agent = Agent(effects: .live, logger: Process.prepare())
        let exit = await agent.perform(Self.verb) { StandardStreams.requestLine(allowed: requestAllowed) }
        throw ExitCode(exit.rawValue)
    }
}

struct Report: Verb {
    static let verb = AgentVerb.report
    static let configuration = CommandConfiguration(abstract: "Read the host; change nothing.")
}

struct Stage: Verb {
    static let verb = AgentVerb.stage
    static let configuration = CommandConfiguration(
        abstract: "Download an update and arm it, without rebooting into it.")
}

struct Prefetch: Verb {
    static let verb = AgentVerb.prefetch
    static let configuration = CommandConfiguration(
        abstract: "Download an update ahead, and leave it out of the boot order.")
}

struct Arm: Verb {
    static let verb = AgentVerb.arm
    static let configuration = CommandConfiguration(
        abstract: "Prove what was downloaded ahead, and arm it for one try.")
}

struct Reboot: Verb {
    static let verb = AgentVerb.reboot
    static let configuration = CommandConfiguration(abstract: "Reboot into the staged update, once.")
}

struct Commit: Verb {
    static let verb = AgentVerb.commit
    static let configuration = CommandConfiguration(
        abstract: "Make the running partition the one that stays.")
}

struct Rollback: Verb {
    static let verb = AgentVerb.rollback
    static let configuration = CommandConfiguration(abstract: "Reboot back to the other partition.")
}

struct Abandon: Verb {
    static let verb = AgentVerb.abandon
    static let configuration = CommandConfiguration(
        abstract: "Give the host back as it was found, as far as Turnstile changed it.")
}

struct Claim: Verb {
    static let verb = AgentVerb.claim
    static let configuration = CommandConfiguration(
        abstract: "Take the host for a rollout, so that no other changes it.")
}

struct Release: Verb {
    static let verb = AgentVerb.release
    static let configuration = CommandConfiguration(abstract: "Let the host go: its rollout has ended.")
}

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Work at what was asked for; run by turnstile-agent.service.")

    func run() async throws {
        let worker = Worker(effects: .live, logger: Process.prepare())
        throw ExitCode(await worker.run().rawValue)
    }
}

/// Asks a program of another image for its version; the agent starts itself for it.
struct Confined: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: ConfinedProgram.verb, abstract: "Ask a program for its version, in a root of its own.",
        shouldDisplay: false)

    @Argument var root: String
    @Argument var program: String

    func run() throws {
        throw ExitCode(try ConfinedProgram.askVersion(of: program, in: root))
    }
}

/// The common beginning of both kinds of process.
enum Process {
    static func prepare() -> Logger {
        Interruption.listen()
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        return Logger(label: "turnstile-agent")
    }
}
