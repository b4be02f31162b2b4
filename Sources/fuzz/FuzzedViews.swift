import HostileViews

/// Views, each document shown by all that show its kind.
enum FuzzedViews {
    /// - Returns: what was done, for people.
    /// - Throws: `Finding`, with the seed it was found with.
    static func run(_ seeds: Range<UInt64>) async throws -> String {
        let views = try await HostileView.all()
        var (shown, refused) = (0, 0)
        for seed in seeds {
            let view = views[Int(seed % UInt64(views.count))]
            switch await view.outcome(seed: seed) {
            case .refused: refused += 1
            case .shown(let count): shown += count
            case .obeyed(let name, let why): throw Finding("seed \(seed): \(view), \(name): \(why)")
            }
        }
        return """
            \(seeds.count) documents of \(views.count) kinds, \(refused) of them refused: \(shown) views, no trap, \
            nothing that would be obeyed
            """
    }
}
