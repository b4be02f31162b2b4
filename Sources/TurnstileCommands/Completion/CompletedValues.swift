import RolloutJournal
import RolloutModel
import Settings

/// The values that a completion offers. They are read from files alone. A shell may expand what it is offered, so a value
/// is offered only if it has no character that means something to a shell.
struct CompletedValues {
    var line: CompletedLine
    var environment: ConfigurationEnvironment

    /// The hosts, and the groups of an inventory, in the order of their file.
    var hosts: [String] {
        guard let name = line.value(of: "--hosts-file") else { return names(of: configuration.hosts) }
        guard let text = PlainFile.text(name, bytesMax: HostsFile.bytesMax, environment),
            let listed = try? HostsFile.read(text, file: name)
        else { return [] }
        return names(of: listed.hosts) + listed.groups.keys.sorted().filter(Self.isPlainHost)
    }

    /// The rollouts that have a journal, the newest first.
    var rollouts: [String] {
        let given = line.value(of: "--journal").map {
            environment.absolute($0, from: environment.workingDirectory)
        }
        let path = given ?? configuration.journal ?? environment.journalDirectory
        let found = try? JournalDirectory(path: path).rollouts()
        return (found ?? []).reversed().map(\.rawValue)
    }

    /// The gates that can be passed over, up to where the reason begins.
    static let gates = OverridableGate.allCases.map { "\($0.rawValue)=" }

    private var configuration: ConfigurationGlance {
        let name = line.value(of: "--config") ?? Configuration.usualPath
        let text = PlainFile.text(name, bytesMax: TextFile.bytesMax, environment)
        return ConfigurationGlance(yaml: text ?? "", file: name, environment)
    }

    private func names(of hosts: [Configuration.HostAddress]) -> [String] {
        hosts.map(\.id.rawValue).filter(Self.isPlainHost)
    }

    /// True for a host that can be typed without quotes. An IPv6 address in brackets is a pattern to a shell.
    private static func isPlainHost(_ name: String) -> Bool {
        HostSpecification(name)?.id.rawValue == name && !name.contains("[")
    }
}
