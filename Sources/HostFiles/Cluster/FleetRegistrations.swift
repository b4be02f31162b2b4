/// `GET /v2/keys/_coreos.com/fleet/machines?recursive=true`: where fleet keeps its machines (facts 5.2). Each living fleetd
/// writes its own entry anew every half TTL; what `list-machines` shows may be a dead one's, for up to a TTL.
public struct FleetRegistrations: Hashable, Sendable {
    /// By machine id.
    public var entries: [String: Entry]

    public struct Entry: Hashable, Sendable {
        /// etcd's index of the last write of the entry. It only ever rises.
        public var index: UInt64
        /// What is left of the entry's TTL; nil where etcd tells none that fleet would have set.
        public var secondsLeft: Int64?

        public init(index: UInt64, secondsLeft: Int64?) {
            self.index = index
            self.secondsLeft = secondsLeft
        }
    }

    /// Nobody waits for longer.
    private static let ttlSecondsMax: Int64 = 86_400

    /// A machine that left keeps its empty directory for ever (facts 0.18); it has no entry.
    ///
    /// - Throws: `MalformedText` for what is no directory of machines.
    public init(_ body: String) throws(MalformedText) {
        try TextBounds.list.check(body, as: .fleetRegistrations)
        let answer = try JSONText.decode(EtcdDirectory.self, from: body, as: .fleetRegistrations)
        guard let directory = answer.node, directory.dir == true else {
            throw .unexpected(
                .fleetRegistrations, found: answer.message ?? "a key", expected: "a directory of machines")
        }
        entries = [:]
        for entry in (directory.nodes ?? []).flatMap({ $0.nodes ?? [] }) {
            let path = entry.key.split(separator: "/")
            guard path.last == "object", path.count >= 2, let index = entry.modifiedIndex else { continue }
            let left = entry.ttl.flatMap { (0...Self.ttlSecondsMax).contains($0) ? $0 : nil }
            entries[String(path[path.count - 2])] = Entry(index: index, secondsLeft: left)
        }
    }
}
