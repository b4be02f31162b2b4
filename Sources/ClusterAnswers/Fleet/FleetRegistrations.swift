public import HostFiles

/// `GET /v2/keys/_coreos.com/fleet/machines?recursive=true`: fleet's list of machines (facts 5.2). A living fleetd
/// writes its own entry anew every half TTL. A dead machine stays in `list-machines` for up to a TTL.
public struct FleetRegistrations: Hashable, Sendable {
    /// The entries by machine id.
    public var entries: [String: Entry]

    public struct Entry: Hashable, Sendable {
        /// etcd's index of the last write of the entry, which only ever rises.
        public var index: UInt64
        /// The rest of the entry's TTL; nil if there is none, or it is not one that fleet sets.
        public var timeLeft: Duration?

        public init(index: UInt64, timeLeft: Duration?) {
            self.index = index
            self.timeLeft = timeLeft
        }
    }

    /// The longest TTL that is believed.
    private static let ttlSecondsMax: Int64 = 86_400

    /// Machines that left keep empty directories for ever (facts 0.18), which are no entries.
    ///
    /// - Throws: `MalformedText` for a body that is no directory of machines.
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
            entries[String(path[path.count - 2])] = Entry(index: index, timeLeft: left.map { .seconds($0) })
        }
    }
}
