import ArgumentParser
import Coordinator
import Reports
import RolloutModel
import Settings

/// The options that choose some of the hosts, also by what they run.
struct ChoiceOptions: ParsableArguments {
    @OptionGroup var limits: LimitOptions

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Only hosts of which an audit, made now, says so: 'version<1409', 'group=beta and docker>=17.3'.",
            valueName: "condition"),
        transform: Self.condition)
    var condition: AuditCondition?

    static func condition(_ text: String) throws -> AuditCondition {
        do throws(AuditCondition.Fault) {
            return try AuditCondition(text)
        } catch {
            throw ValidationError(error.why)
        }
    }

    /// True if only some of the hosts may be meant.
    var isGiven: Bool { limits.isGiven || condition != nil }

    /// The configuration with its chosen hosts; audits them where a condition says which.
    ///
    /// - Throws: `CommandFailure` where a host does not tell what the condition asks for, or none fulfils it.
    func applied(to configuration: Configuration) async throws -> Configuration {
        guard let condition else { return configuration }
        let session = try RolloutSession.open(configuration.ofChosenAlone)
        let audits = try await session.audits(pace: AuditPace(), each: nil)
        await session.close()
        var chosen = configuration
        chosen.chosen = try ConditionReport(condition, audits).chosen()
        say("--where \(condition): \(Names.text((chosen.chosen ?? []).map(\.rawValue)))")
        return chosen
    }
}
