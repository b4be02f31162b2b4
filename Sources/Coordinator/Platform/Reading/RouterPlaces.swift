import HostFiles
import RolloutModel

/// The routers' addresses, and the applications that the routers are asked for.
struct RouterPlaces: Sendable {
    var routers: [PlatformUnit: String?]
    var domain: String?
    var applications: [String]

    init(_ keys: PlatformKeys) {
        let addresses = Dictionary(
            (keys.machines.value ?? []).map { ($0.id, $0.address) }, uniquingKeysWith: { first, _ in first })
        let jobs = keys.jobs.value?.jobs ?? []
        let states = keys.states.value ?? []
        routers = [:]
        for job in jobs where job.unit.component == .router {
            let machine = states.first { $0.unit == job.unit && $0.isRunning }?.machine ?? job.machine
            routers[job.unit] = .some(machine.flatMap { addresses[$0] ?? nil })
        }
        domain = keys.settings.value?.domain
        let services = keys.services.value
        applications = Set((services?.keys.map(\.application) ?? []) + (services?.empty ?? [])).filter {
            PlainName.isPlain($0)
        }.sorted()
    }

    /// The routers' addresses as URLs take them, in the order of the routers.
    var addresses: [String] {
        routers.sorted { $0.key < $1.key }.compactMap { $0.value.flatMap { IPLiteral($0)?.inURL } }
    }

    /// Asks all routers at once. A router that hangs makes nobody wait for the others.
    func views(through client: WebClient?) async -> [PlatformUnit: RouterView] {
        await withTaskGroup(of: (PlatformUnit, RouterView).self) { group in
            for (router, address) in routers {
                group.addTask { (router, await view(of: address, through: client)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private func view(of address: String?, through client: WebClient?) async -> RouterView {
        guard let address, let place = IPLiteral(address)?.inURL else {
            return RouterView(address: address, health: .unknown("its machine has no address"))
        }
        guard let client else {
            return RouterView(address: address, health: .unknown("no host could be asked"))
        }
        do throws(WebFault) {
            let answers = try await client.send(requests(to: place)).map(Self.status)
            let statuses = zip(applications, answers.dropFirst()).map { ($0, $1) }
            return RouterView(
                address: address, health: answers.first ?? .unknown("not asked"),
                answers: Dictionary(statuses, uniquingKeysWith: { first, _ in first }))
        } catch {
            return RouterView(address: address, health: .unknown(error.why))
        }
    }

    private func requests(to place: String) -> [WebRequest] {
        let health = WebRequest(
            url: "http://\(place):9090/health-check", readsBody: false, deadline: Self.deadline)
        guard let domain else { return [health] }
        return [health]
            + applications.map {
                WebRequest(
                    url: "http://\(place)/", host: "\($0).\(domain)", readsBody: false,
                    deadline: Self.deadline)
            }
    }

    private static let deadline = Duration.seconds(3)

    private static func status(_ answer: WebAnswer) -> Observation<Int> {
        answer.status.map { .seen($0) }
            ?? .unknown(answer.complaint ?? "no answer within \(deadline.wholeSeconds) s")
    }
}
