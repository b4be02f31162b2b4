import ArgumentParser
import Settings

/// The options that choose some of the hosts by their names and groups.
struct LimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only these of the hosts, as Ansible's patterns over hosts and groups: 'web:&stage:!web-3', 'core-[12]'.",
            valueName: "pattern"), completion: .hosts)
    var limit: String?

    @Option(
        help: ArgumentHelp(
            "Without these hosts, by such a pattern; may be given again.", valueName: "pattern"),
        completion: .hosts)
    var exclude: [String] = []

    func overlay(_ overrides: ConfigurationOverrides) -> ConfigurationOverrides {
        var overrides = overrides
        overrides.limit = limit
        overrides.excluded = exclude
        return overrides
    }

    /// True if only some of the hosts may be meant.
    var isGiven: Bool { limit != nil || !exclude.isEmpty }
}
