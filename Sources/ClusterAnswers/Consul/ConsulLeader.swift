public import HostFiles

/// `GET /v1/status/leader`: where the leader is reached, as one JSON text; an empty one while there is none (facts 11.3).
public struct ConsulLeader: Hashable, Sendable {
    public var place: ConsulPlace?

    public init(_ body: String) throws(MalformedText) {
        let text = try JSONText.decode(String.self, from: body, as: .consulLeader)
        guard !text.isEmpty else {
            place = nil
            return
        }
        guard let place = ConsulPlace(text) else {
            throw .unexpected(.consulLeader, found: text, expected: "an address with a port, or no text")
        }
        self.place = place
    }
}
