import ArgumentParser
import Coordinator
import Reports
import RolloutModel
import Settings

/// The options about the target of an upgrade.
struct UpdateOptions: ParsableArguments {
    @Option(help: "The only version to accept. (default: what the first host is offered)")
    var to: String?

    @Option(
        help: ArgumentHelp(
            "In what order: given, leader-last (etcd's leader), or metadata:KEY (hosts with one value of that key of "
                + "fleet's metadata, then those with the next). (default: given)", valueName: "order"))
    var order: String?

    @Option(help: "The value for GROUP= in update.conf.")
    var group: String?

    @Option(help: "The value for SERVER= in update.conf.")
    var server: String?

    @Option(help: "How update-engine is left: masked or as-found. (default: masked)")
    var leaveUpdateEngine: EngineRest?

    @Option(help: "How the new partition is marked good: engine or direct. (default: engine)")
    var commit: CommitMethod?

    @Option(
        help: ArgumentHelp(
            "A host goes back by itself when it is not committed this many minutes after its boot; off: never. "
                + "(default: off)",
            valueName: "minutes"))
    var deadMan: String?

    @Option(
        help: ArgumentHelp(
            "The etcd that the new release brings, such as 3.5. (default: by the table of releases, or as it shows)",
            valueName: "version"))
    var etcdAfter: String?

    @Option(
        help: "What becomes of a host that is not whole on the new version: hold or rollback."
    )
    var onFailure: OnFailureArgument = .hold

    @Flag(help: "Also upgrade hosts that went back to their old partition: it may be overwritten.")
    var retryReverted = false

    @Flag(
        help:
            "Hand etcd's leadership on before its host reboots (etcd 3.3 or later): no election is waited for."
    )
    var moveLeader = false

    @Option(help: "Stop, to be resumed, after this many hosts.")
    var stopAfter: Int?

    @OptionGroup var overrides: OverrideOptions

    func validate() throws {
        if let stopAfter, stopAfter < 1 { throw ValidationError("--stop-after \(stopAfter): at least 1") }
    }

    func overlay(_ overrides: ConfigurationOverrides) -> ConfigurationOverrides {
        var overrides = overrides
        overrides.to = to
        overrides.order = order
        overrides.group = group
        overrides.server = server
        overrides.engineRest = leaveUpdateEngine
        overrides.commit = commit
        overrides.deadMan = deadMan
        overrides.etcdAfter = etcdAfter
        return overrides
    }
}

extension EngineRest: ExpressibleByArgument {}

extension CommitMethod: ExpressibleByArgument {}

enum OnFailureArgument: String, ExpressibleByArgument, CaseIterable {
    case hold
    case rollback

    var onFailure: Plan.OnFailure {
        switch self {
        case .hold: .hold
        case .rollback: .rollback
        }
    }
}

struct OutputOptions: ParsableArguments {
    @Option(help: "How results are printed: table or json.")
    var output: OutputFormat = .table
}

extension OutputFormat: ExpressibleByArgument {}

extension AuditFormat: ExpressibleByArgument {}

extension ReportFormat: ExpressibleByArgument {}
