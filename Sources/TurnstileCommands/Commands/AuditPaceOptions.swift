import ArgumentParser
import Coordinator
import RolloutModel

/// How an audit goes about many hosts.
struct AuditPaceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Hosts at work at the same time, 1 to \(AuditPace.parallelMax). Those that say nothing do not count.",
            valueName: "hosts"))
    var parallel = 64

    @Option(
        help: ArgumentHelp(
            "How long one host's whole audit may take: connecting, login, command.", valueName: "seconds"))
    var deadline = 30.0

    static let deadlineMax = 3600.0

    var pace: AuditPace { AuditPace(parallel: parallel, deadline: .seconds(deadline)) }

    func validate() throws {
        guard 1...AuditPace.parallelMax ~= parallel else {
            throw ValidationError("--parallel \(parallel): 1 to \(AuditPace.parallelMax)")
        }
        guard deadline > 0, deadline <= Self.deadlineMax else {
            throw ValidationError(
                "--deadline \(deadline): more than 0, and at most \(Int(clamping: Self.deadlineMax))")
        }
    }
}
