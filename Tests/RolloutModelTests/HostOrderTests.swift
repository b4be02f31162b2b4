import RolloutModel
import Testing

@Suite struct HostOrderTests {
    static let hosts = ["a", "b", "c", "d", "e"].map { HostID($0) }
    static let racks = [
        HostID("a"): ["rack": "2"], HostID("b"): ["rack": "1"], HostID("c"): ["rack": "2", "role": "db"],
        HostID("e"): ["rack": "1"],
    ]

    @Test(
        arguments: [
            (.given, nil, "abcde"), (.given, "c", "abcde"),
            (.leaderLast, "c", "abdec"), (.leaderLast, "e", "abcde"), (.leaderLast, nil, "abcde"),
            (.metadata(key: "rack"), "a", "acbed"), (.metadata(key: "role"), nil, "cabde"),
            (.metadata(key: "zone"), nil, "abcde"),
        ] as [(HostOrder, String?, String)])
    func arranged(order: HostOrder, leader: String?, expected: String) {
        let arranged = order.arranged(
            Self.hosts, leader: leader.map { HostID($0) }, metadata: Self.racks)
        #expect(arranged.map(\.rawValue).joined() == expected)
    }

    /// Hosts that the order says nothing about have no reason.
    @Test(
        arguments: [
            (.given, "c", [:]), (.leaderLast, "c", ["c": "it has etcd's leader now"]),
            (.leaderLast, nil, [:]), (.leaderLast, "z", [:]),
            (
                .metadata(key: "role"), nil,
                [
                    "a": "fleet has no role of it", "b": "fleet has no role of it", "c": "fleet's role=db",
                    "d": "fleet has no role of it", "e": "fleet has no role of it",
                ]
            ),
        ] as [(HostOrder, String?, [String: String])])
    func reasons(order: HostOrder, leader: String?, expected: [String: String]) {
        let leader = leader.map { HostID($0) }
        let arrangement = order.arrangement(of: Self.hosts, leader: leader, metadata: Self.racks)
        #expect(arrangement.hosts == order.arranged(Self.hosts, leader: leader, metadata: Self.racks))
        #expect(Dictionary(uniqueKeysWithValues: arrangement.reasons.map { ($0.rawValue, $1) }) == expected)
    }

    @Test(
        arguments: [
            ("given", .given), ("leader-last", .leaderLast), ("metadata:rack", .metadata(key: "rack")),
            ("metadata:", nil), ("metadata:a b", nil), ("metadata:a=b", nil), ("metadata:a,b", nil),
            ("metadata", nil), ("leader", nil), ("", nil), ("Given", nil),
        ] as [(String, HostOrder?)])
    func written(text: String, expected: HostOrder?) {
        #expect(HostOrder(text) == expected)
        if let expected { #expect(expected.description == text) }
    }
}
