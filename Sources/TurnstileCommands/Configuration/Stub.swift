import Coordinator
import RolloutModel

struct ConfigurationError: Error { var description: String }
extension Configuration {
    static func load(path: String?, overrides: ConfigurationOverrides) throws(ConfigurationError)
        -> Configuration
    { throw ConfigurationError(description: "x") }
}
extension HostShell {
    static func open(_ configuration: Configuration, hosts: [HostID]) async throws -> HostShell {
        throw CommandFailure(.failed, "x")
    }
}
