/// Hosts by their standings, as many as there is room for. Those of the most frequent standing are folded into a count
/// first, so that the unusual ones stay.
struct FoldedHosts {
    /// The places of the hosts that are shown.
    let shown: [Int]
    /// The hosts that are not shown, counted; nil where all are.
    let rest: String?

    /// - Parameter kept: the place of a host that is shown in any case.
    init(_ standings: [String], room: Int, keeping kept: Int? = nil) {
        guard standings.count > room else {
            (shown, rest) = (Array(standings.indices), nil)
            return
        }
        var places = Array(standings.indices)
        var counts: [String] = []
        let groups = Dictionary(grouping: standings, by: \.self).mapValues(\.count)
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        for (standing, _) in groups where places.count + 1 > room {
            let folded = places.filter { standings[$0] == standing && $0 != kept }
            guard !folded.isEmpty else { continue }
            places.removeAll(where: Set(folded).contains)
            counts.append("\(folded.count) \(standing)")
        }
        (shown, rest) = (places, Columns.Cell("… \(counts.joined(separator: ", "))").text)
    }
}
