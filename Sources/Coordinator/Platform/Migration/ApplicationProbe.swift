public import RolloutModel

/// Asks routers for applications, by the `Host:` header.
public struct ApplicationProbe: Sendable {
    let client: WebClient
    /// The routers' addresses; empty where each name is asked at its own address.
    let routers: [String]

    public init(client: WebClient, routers: [String]) {
        self.client = client
        self.routers = routers
    }

    private static let deadline = Duration.seconds(10)
    /// The most requests in one command.
    private static let atOnce = 25
    /// The place of answers that no router was named for.
    static let everywhere = "DNS"

    /// The statuses, by router and name. A name that nothing answered for is not there.
    public func answers(_ names: [DomainName]) async -> [String: [DomainName: Int]] {
        let places = routers.isEmpty ? [Self.everywhere] : routers
        return await withTaskGroup(of: (String, [DomainName: Int]).self) { group in
            for place in places { group.addTask { (place, await statuses(names, at: place)) } }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private func statuses(_ names: [DomainName], at place: String) async -> [DomainName: Int] {
        var found: [DomainName: Int] = [:]
        var rest = names[...]
        while !rest.isEmpty {
            let some = Array(rest.prefix(Self.atOnce))
            rest = rest.dropFirst(some.count)
            guard let answers = try? await client.send(some.map { request($0, at: place) }) else { continue }
            for (name, answer) in zip(some, answers) { found[name] = answer.status }
        }
        return found
    }

    private func request(_ name: DomainName, at place: String) -> WebRequest {
        routers.isEmpty
            ? WebRequest(url: "http://\(name)/", readsBody: false, deadline: Self.deadline)
            : WebRequest(
                url: "http://\(place)/", host: name.text, readsBody: false, deadline: Self.deadline)
    }
}
