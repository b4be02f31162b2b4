public import HostFiles

/// `GET /health` on a client port, of 2.0 and later (facts 6.1). The body decides, whatever the HTTP status.
///
/// A single answer decides nothing: a live member can be unhealthy for a moment after another one stops (facts 0.23).
public struct EtcdHealthAnswer: Hashable, Sendable {
    public var isHealthy: Bool
    /// Of 3.5, for example `RAFT NO LEADER`; nil where etcd gives none.
    public var reason: String?

    public init(isHealthy: Bool, reason: String? = nil) {
        self.isHealthy = isHealthy
        self.reason = reason
    }

    /// `{"health": "true"}` or `{"health":false,"reason":"…"}`.
    public init(_ body: String) throws(MalformedText) {
        try TextBounds.small.check(body, as: .etcdHealth)
        let answer = try JSONText.decode(Answer.self, from: body, as: .etcdHealth)
        isHealthy = answer.health.value
        reason = answer.reason.flatMap { $0.isEmpty ? nil : $0 }
    }

    private struct Answer: Decodable {
        var health: SpelledBool
        var reason: String?
    }
}

/// A truth value, as JSON's or as a string: eras differ.
struct SpelledBool: Decodable {
    var value: Bool

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {
            self.value = value
            return
        }
        switch try container.decode(String.self) {
        case "true": value = true
        case "false": value = false
        case let other:
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(other.debugDescription) is neither true nor false")
        }
    }
}
