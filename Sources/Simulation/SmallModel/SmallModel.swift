/// Searches every interleaving of a small cluster, with the same machine, gates and lock as the product, and without
/// chance.
public struct SmallModel: Sendable {
    public struct Bounds: Hashable, Sendable {
        public var hosts = 3
        public var coordinators = 2
        /// The bounds for each coordinator.
        public var crashes = 1
        public var starts = 3
        /// The bounds for all coordinators together.
        public var losses = 1
        public var unlocks = 1
        /// True if the hosts are nodes of Kubernetes.
        public var nodes = false
        /// True if the update is downloaded ahead on every host, and one of them loses its power before its turn.
        public var prefetched = false

        public init() {}
    }

    /// The result of the search.
    public struct Findings: Sendable {
        public var states = 0
        /// The number of states after which nothing can happen.
        public var ends = 0
        /// The first violation, and the trace that leads to it; nil where there is none.
        public var violation: String?
        public var trace: [String] = []
    }

    public var bounds: Bounds

    public init(_ bounds: Bounds = Bounds()) { self.bounds = bounds }

    /// Searches breadth first, so that the trace of a violation is a shortest one.
    ///
    /// Visited states are remembered by 64-bit hashes. Among a million states, a collision is less likely than one in
    /// ten million.
    public func search() -> Findings {
        var findings = Findings()
        let first = ModelState(bounds)
        var seen: Set<Int> = [first.hashValue]
        // The step that reached each state of the search: the state before it, and the ordinal of the successor.
        var steps: [Step] = [Step(before: 0, ordinal: 0)]
        var front = [(index: 0, state: first)]
        while !front.isEmpty {
            var next: [(index: Int, state: ModelState)] = []
            for (index, state) in front {
                let successors = state.successors()
                if let violation = successors.isEmpty ? Self.endless(state) : nil {
                    return findings.with(violation, trace(to: index, steps), states: steps.count)
                }
                if successors.isEmpty { findings.ends += 1 }
                for (ordinal, successor) in successors.enumerated() {
                    if let violation = successor.violation {
                        let trace = trace(to: index, steps) + [successor.what.description]
                        return findings.with(violation, trace, states: steps.count)
                    }
                    guard seen.insert(successor.state.hashValue).inserted else { continue }
                    steps.append(Step(before: UInt32(index), ordinal: UInt32(ordinal)))
                    next.append((steps.count - 1, successor.state))
                }
            }
            front = next
        }
        findings.states = steps.count
        return findings
    }

    /// Checks that no coordinator is at work where nothing more can happen: all are finished or stopped, with no start
    /// left.
    private static func endless(_ state: ModelState) -> String? {
        if state.coordinators.contains(where: { $0.life == .running }) {
            return "a coordinator waits for what never comes"
        }
        let left = state.cordons.indices.first { host in
            state.cordons[host].map { state.coordinators[$0].life == .finished } == true
        }
        return left.map { "n\($0) is cordoned by a coordinator that has finished" }
    }

    /// The step that reached a state of the search. Steps are small, since many millions of them are remembered.
    private struct Step {
        var before: UInt32
        var ordinal: UInt32
    }

    /// Repeats the steps to a state, and describes them.
    private func trace(to index: Int, _ steps: [Step]) -> [String] {
        var ordinals: [Int] = []
        var index = index
        while index > 0 {
            ordinals.append(Int(steps[index].ordinal))
            index = Int(steps[index].before)
        }
        var state = ModelState(bounds)
        return ordinals.reversed().map { ordinal in
            let successor = state.successors()[ordinal]
            state = successor.state
            return successor.what.description
        }
    }
}

extension SmallModel.Findings {
    fileprivate func with(_ violation: String, _ trace: [String], states: Int) -> Self {
        var copy = self
        copy.violation = violation
        copy.trace = trace
        copy.states = states
        return copy
    }
}
