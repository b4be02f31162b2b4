import Coordinator
import Reports
import RolloutModel
import Rollouts
import Settings

/// Looks at a cluster of which only one host is known: the first of a configuration.
struct ClusterFirstLook: Sendable {
    let configuration: Configuration
    /// The flags that say how the host is reached, as they are typed, each with a blank behind it.
    let flags: String
    let progress: CheckupProgress

    struct Found: Sendable {
        var picture: ClusterPicture
        /// nil where no kubelet runs on the host, or systemd told nothing of one.
        var nodes: Observation<[NodeFacts]>?
    }

    func found() async -> Result<Found, CommandFailure> {
        guard let seed = configuration.hosts.first?.id else {
            return .failure(CommandFailure(.usage, "there is no host to look through"))
        }
        let shell = HostShell.open(configuration)
        progress.asks(seed.rawValue, "connection")
        let surveyor = ClusterSurveyor(shell: shell) { [progress] in progress.asks(seed.rawValue, $0) }
        do throws(HostFault) {
            let picture = try await surveyor.picture(through: seed)
            await shell.disconnect(seed)
            progress.heard(seed.rawValue)
            let nodes = picture.hasKubelet == true ? await KubernetesLook(.usual, progress).look().nodes : nil
            return .success(Found(picture: picture, nodes: nodes))
        } catch {
            return .failure(failure(error))
        }
    }

    private func failure(_ fault: HostFault) -> CommandFailure {
        CommandFailure(
            .failed,
            """
            cannot look at '\(fault.host)': \(fault.why)
            How to mend it, says 'turnstile doctor \(flags)\(fault.host.word)'
            """)
    }
}

extension KubernetesSettings {
    /// The default settings for kubectl.
    fileprivate static let usual = KubernetesSettings(drainTimeout: .seconds(600), deletesEmptyDirData: false)
}
