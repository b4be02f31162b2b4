public import HostFiles

/// `etcdctl endpoint health` of 3.x: as text on either output, or with `-w json` (facts 6.2).
public struct EtcdEndpointHealth: Hashable, Sendable {
    public var endpoint: String
    public var isHealthy: Bool
    /// nil where healthy, or where etcdctl gives none.
    public var error: String?

    public static func list(json: String) throws(MalformedText) -> [EtcdEndpointHealth] {
        try JSONText.decode([Element].self, from: json, as: .etcdEndpointHealth).map {
            EtcdEndpointHealth(
                endpoint: $0.endpoint, isHealthy: $0.health,
                error: $0.error.flatMap { $0.isEmpty ? nil : $0 })
        }
    }

    /// `ENDPOINT is healthy: successfully committed proposal: took = …`
    ///
    /// - Throws: `MalformedText` for a line that is not of an endpoint; the closing `Error: unhealthy cluster`, printed
    ///   to the same output by 3.3 and later, is passed over.
    public static func list(text: String) throws(MalformedText) -> [EtcdEndpointHealth] {
        var list: [EtcdEndpointHealth] = []
        for line in try TextBounds.list.lines(of: text, as: .etcdEndpointHealth) where !line.text.isEmpty {
            if line.text == "Error: unhealthy cluster" || line.text == "Error:  unhealthy cluster" {
                continue
            }
            guard let health = EtcdEndpointHealth(line: line.text) else {
                throw .unexpected(
                    .etcdEndpointHealth, line: line.number, found: line.text,
                    expected: "the health of an endpoint")
            }
            list.append(health)
        }
        return list
    }

    private struct Element: Decodable {
        var endpoint: String
        var health: Bool
        var error: String?
    }
}

extension EtcdEndpointHealth {
    fileprivate init?(line: Substring) {
        if let (endpoint, _) = line.split(atFirst: " is healthy: ") {
            self.init(endpoint: String(endpoint), isHealthy: true, error: nil)
        } else if let (endpoint, error) = line.split(atFirst: " is unhealthy: ") {
            self.init(endpoint: String(endpoint), isHealthy: false, error: String(error))
        } else {
            return nil
        }
    }
}
