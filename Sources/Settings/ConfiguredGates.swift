import Coordinator
import RolloutModel
import Rollouts

/// The gates whose keys, defaults and connection each stand in a file of their own. Each gate has one line in each of
/// these members, and `turnstile.yaml` has it under its name in `gates`.
package struct ConfiguredGates: Encodable, Hashable, Sendable {
    /// nil where the gate is off.
    var consul: ConsulSettings?

    init() {}

    /// - Parameters:
    ///   - gates: the section `gates`.
    ///   - absolute: makes a path of the file absolute.
    init(
        _ gates: ConfigurationSection, _ absolute: (String) -> String,
        _ problems: inout [ConfigurationProblem]
    ) {
        consul = gates.section("consul", .consul, &problems).flatMap {
            ConsulSettings($0, absolute, &problems)
        }
    }

    /// Reads the secrets that the settings name the files of.
    mutating func readSecrets(_ environment: ConfigurationEnvironment) throws(ConfigurationError) {
        try consul?.readToken(environment)
    }

    /// The gates' settings, beside those of the other gates.
    package func settings(beside others: GateSettings) -> GateSettings {
        var settings = others
        settings.consul = consul?.gate
        return settings
    }

    /// The questions of these gates to every host.
    package func lookouts(_ shell: HostShell) -> [Lookout] {
        [consul.map { .consul(shell: shell, endpoint: $0.endpoint) }].compactMap(\.self)
    }
}
