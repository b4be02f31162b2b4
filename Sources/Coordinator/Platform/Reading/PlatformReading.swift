public import RolloutModel
import Rollouts
import Synchronization

/// A platform as the cluster's hosts tell it.
public struct PlatformReading: Sendable {
    let shell: HostShell
    let hosts: [HostID]
    let own: OwnEtcd
    let etcd: EtcdReading
    /// The place where the controller is asked; nil where it is asked through the routers.
    public var controller: ControllerPlace?
    /// The moment on a clock that never goes back.
    let now: @Sendable () -> Moment
    private let vantage: Vantage

    /// A place where the controller is asked instead of through the routers.
    public struct ControllerPlace: Sendable {
        public var url: String
        public var client: WebClient

        public init(url: String, client: WebClient) {
            self.url = url
            self.client = client
        }
    }

    /// - Parameter now: the moment on a clock that never goes back.
    public init(
        shell: HostShell, hosts: [HostID], etcd endpoint: EtcdEndpoint, now: @escaping @Sendable () -> Moment
    ) {
        self.now = now
        self.shell = shell
        self.hosts = hosts
        own = OwnEtcd(shell: shell, endpoint: endpoint)
        etcd = EtcdReading(shell: shell, endpoint: endpoint)
        vantage = Vantage()
    }

    /// The host that was asked last and answered is asked first.
    private final class Vantage: Sendable {
        let host = Mutex<HostID?>(nil)
    }

    /// Reads everything that there is to see, and changes nothing.
    public func facts() async -> PlatformFacts { await facts(.all) }

    /// Reads the facts that these proofs are judged by.
    public func facts(for proofs: [PlatformProof]) async -> PlatformFacts {
        await facts(PlatformParts(proofs))
    }

    func facts(_ parts: PlatformParts) async -> PlatformFacts {
        let takenAt = now()
        let (host, found) =
            parts.isDisjoint(with: [.keys, .routers, .controller])
            ? (nil, PlatformKeys(unknown: "not asked")) : await keys()
        let places = RouterPlaces(found)
        let client = host.map { WebClient.through($0, shell: shell) }
        async let view = parts.contains(.etcd) ? etcdView() : .unknown("not asked")
        async let routers = parts.contains(.routers) ? places.views(through: client) : [:]
        async let controller =
            parts.contains(.controller) ? controllerView(places, through: client) : .unknown("not asked")
        async let commands = parts.contains(.commands) ? commandsAtWork() : .unknown("not asked")
        return await PlatformFacts(
            takenAt: takenAt, etcd: view, machines: found.machines, jobs: found.jobs, states: found.states,
            settings: found.settings, services: found.services, routers: routers, controller: controller,
            commands: commands)
    }

    // MARK: etcd

    private func etcdView() async -> Observation<EtcdView> {
        await asked { host throws(HostFault) in try await etcd.view(from: host) }.1
    }

    private func keys() async -> (HostID?, PlatformKeys) {
        let (host, found) = await asked { host throws(HostFault) in try await keys(seenBy: host) }
        switch found {
        case .seen(let keys): return (host, keys)
        case .unknown(let why): return (nil, PlatformKeys(unknown: why))
        }
    }

    private func keys(seenBy host: HostID) async throws(HostFault) -> PlatformKeys {
        var place = try await own.place(on: host)
        place.http.outputBytesMax = Self.keysBytesMax
        let answers = try await place.http.send(PlatformKeys.requests(place.url))
        try place.verify(answers)
        guard answers.contains(where: { $0.status != nil }) else {
            throw HostFault(
                host: host, kind: .commandFailed,
                why: answers.lazy.compactMap(\.complaint).first ?? "its etcd does not answer")
        }
        return PlatformKeys(answers)
    }

    private static let keysBytesMax = 8 << 20

    /// The first answer of a host. The last complaint stands for it where no host answers.
    func asked<Value: Hashable & Sendable>(
        _ question: (HostID) async throws(HostFault) -> Value
    ) async -> (HostID?, Observation<Value>) {
        let first = vantage.host.withLock { $0 }
        var complaint = "there is no host to ask"
        for host in hosts.filter({ $0 == first }) + hosts.filter({ $0 != first }) {
            do throws(HostFault) {
                let value = try await question(host)
                vantage.host.withLock { $0 = host }
                return (host, .seen(value))
            } catch {
                complaint = "through '\(host)': \(error.why)"
            }
        }
        return (nil, .unknown(complaint))
    }

    /// The same for an act that must not be asked for twice. Another host is tried only where the first
    /// host cannot have heard the act.
    func askedOnce<Value: Hashable & Sendable>(
        _ act: (HostID) async throws(HostFault) -> Value
    ) async -> Observation<Value> {
        let first = vantage.host.withLock { $0 }
        var complaint = "there is no host to ask"
        for host in hosts.filter({ $0 == first }) + hosts.filter({ $0 != first }) {
            do throws(HostFault) {
                return .seen(try await act(host))
            } catch {
                complaint = "through '\(host)': \(error.why)"
                guard error.kind == .unreachable else { return .unknown(complaint) }
            }
        }
        return .unknown(complaint)
    }

    // MARK: The controller

    private func controllerView(
        _ places: RouterPlaces, through client: WebClient?
    ) async -> Observation<ControllerView> {
        if let controller {
            return await Self.view(
                .init(url: controller.url + "/v1/", deadline: .seconds(10)), through: controller.client)
        }
        guard let client, let domain = places.domain else { return .unknown("not asked") }
        var last = Observation<ControllerView>.unknown("no router has a place")
        for address in places.addresses {
            last = await Self.view(
                .init(url: "http://\(address)/v1/", host: "deis.\(domain)", deadline: .seconds(10)),
                through: client)
            if last.value != nil { return last }
        }
        return last
    }

    /// A controller answers 401 without a token, and tells of itself.
    private static func view(
        _ request: WebRequest, through client: WebClient
    ) async -> Observation<ControllerView> {
        do throws(WebFault) {
            guard let answer = try await client.send([request]).first else { return .unknown("no answer") }
            return ControllerView.seen(in: answer)
        } catch {
            return .unknown(error.why)
        }
    }
}
