import Coordinator
import Reports
import RolloutJournal
import RolloutModel
import Rollouts
import Settings

/// Sessions with a cluster's hosts, for a command that is no rollout's.
struct RolloutSession {
    let configuration: Configuration
    let shell: HostShell
    let cluster: ClusterPorts

    var hosts: [HostID] { cluster.hosts }

    /// - Parameter hosts: nil for those of the configuration.
    /// - Throws: `CommandFailure` where the configuration names none.
    static func open(_ configuration: Configuration, hosts: [HostID]? = nil) throws -> RolloutSession {
        let hosts = try hosts ?? configuration.namedHosts
        Interruptions.outliveReaders()
        let shell = HostShell.open(configuration)
        return RolloutSession(
            configuration: configuration, shell: shell,
            cluster: .live(configuration, hosts, through: shell))
    }

    func close() async { await cluster.close() }

    /// Runs a body on the sessions, with a living line on a terminal meanwhile, and closes them.
    ///
    /// - Parameter what: what the hosts are asked, in a few words.
    func asking<Value>(_ what: String, _ body: (RolloutSession) async -> Value) async -> Value {
        await CheckupProgress.asking(what, of: hosts.count) {
            let value = await body(self)
            await close()
            return value
        }
    }
}

extension Configuration {
    /// The hosts, for a command that cannot do without.
    ///
    /// - Throws: `CommandFailure` where none is named.
    var namedHosts: [HostID] {
        get throws {
            do {
                try requireHosts()
            } catch {
                throw CommandFailure(.usage, error.description)
            }
            return hosts.map(\.id)
        }
    }

    /// Refuses a host's name that most likely is another host's.
    ///
    /// - Throws: `CommandFailure` that names that one.
    func requireLikely(_ host: HostID) throws(CommandFailure) {
        do throws(ConfigurationError) {
            try requireLikely(host.rawValue)
        } catch {
            throw CommandFailure(.usage, error.description)
        }
    }

    /// Where this operator's journals are kept.
    var journals: JournalStore { JournalDirectory(path: journal).store }
}
