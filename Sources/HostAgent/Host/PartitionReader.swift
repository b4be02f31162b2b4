import AgentProtocol
import HostFiles

/// Reads a partition that is mounted as another system's /usr.
struct PartitionReader: Sendable {
    var effects: HostEffects
    /// The directory that the partition is mounted at.
    var root: String

    /// - Parameter unit: the service that runs etcd now; nil if none does.
    func contents(of version: String, for unit: String?) async -> PartitionContents {
        var contents = PartitionContents(version: version)
        contents.etcd = if let unit { await etcd(unit) } else { .noService }
        contents.docker = try? await askedVersion(of: "/usr/bin/docker")
        contents.fleet = try? await askedVersion(of: "/usr/bin/fleetd")
        contents.flannel = flannel()
        return contents
    }

    private func etcd(_ unit: String) async -> EtcdStart {
        var start: EtcdStart
        do throws(HostFault) {
            start = try HostReader(effects: effects).etcdStart(of: unit, usr: root)
        } catch {
            return EtcdStart(unit: unit, origin: .unclear, why: "\(error)")
        }
        guard let path = start.starts, start.origin == .imageProgram || start.origin == .ownProgram else {
            return start
        }
        do throws(HostFault) {
            if start.origin == .imageProgram, try effects.files.size(place(of: path)) == nil {
                start.origin = .missingProgram
                start.why = "there is no \(path) in it"
            } else if start.origin == .imageProgram {
                start.version = try await askedVersion(of: path)
            } else {
                start.version = try await Self.version(of: path, in: "/", effects)
            }
        } catch {
            start.why = "\(error)"
        }
        return start
    }

    /// The flannel version, from the image tag in flanneld.service; the name of that variable changed once.
    private func flannel() -> String? {
        let start = try? HostReader(effects: effects).serviceStart(of: "flanneld.service", usr: root)
        let tag = start?.environment["FLANNEL_IMAGE_TAG"] ?? start?.environment["FLANNEL_VER"]
        return tag.flatMap { ProgramVersion($0.value)?.description }
    }

    private func place(of path: String) -> String { root + path.dropFirst("/usr".count) }

    /// The program runs with the partition as its whole file system: /usr/bin/etcd of a host is /bin/etcd there, and
    /// the libraries are where its loader looks first.
    private func askedVersion(of path: String) async throws(HostFault) -> String {
        try await Self.version(of: String(path.dropFirst("/usr".count)), in: root, effects)
    }

    private static func version(
        of program: String, in root: String, _ effects: HostEffects
    ) async throws(HostFault) -> String {
        try refuseNetwork(effects)
        let command = ConfinedProgram.command(askingVersionOf: program, in: root)
        let outcome = try await effects.succeed(command)
        guard let version = ProgramVersion(printed: outcome.output + "\n" + outcome.errors) else {
            throw .notUnderstood(
                subject: "\(program) --version", reason: "it printed \(outcome.complaint.debugDescription)")
        }
        return version.description
    }

    /// Refuses to run a program unless the loopback is the only network device. The unit ensures that
    /// (`PrivateNetwork=`), where systemd can.
    private static func refuseNetwork(_ effects: HostEffects) throws(HostFault) {
        let path = "/proc/self/net/dev"
        guard let text = try effects.files.text(path) else {
            throw .fileFailed(operation: .read, path: path, reason: "it is missing")
        }
        let devices = text.split(separator: "\n").dropFirst(2).compactMap { $0.split(separator: ":").first }
        guard devices.allSatisfy({ $0.drop { $0 == " " } == "lo" }) else {
            throw .notUnderstood(
                subject: "turnstile-agent.service",
                reason: "it is not cut off from the network, and no program of another image is run there")
        }
    }
}
