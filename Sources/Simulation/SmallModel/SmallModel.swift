/// Every interleaving of a small cluster, looked at one by one: the same machine, gates and lock, nothing left to chance.
public struct SmallModel: Sendable {
    public struct Bounds: Hashable, Sendable {
        public var hosts = 3
        public var coordinators = 2
        /// Of each coordinator.
        public var crashes = 1
        public var starts = 3
        /// Of all together.
        public var losses = 1
        public var unlocks = 1
        /// The hosts are nodes of Kubernetes.
        public var nodes = false

        public init() {}
    }

    /// What the search came to.
    public struct Findings: Sendable {
        public var states = 0
        /// States after which nothing can happen.
        public var ends = 0
        /// The first state that must not be, and how it came to be; nil where there is none.
        public var violation: String?
        public var trace: [String] = []
    }

    public var bounds: Bounds

    public init(_ bounds: Bounds = Bounds()) { self.bounds = bounds }

    /// Breadth first: the trace of what it finds is a shortest one.
    ///
    /// States that were seen are known by 64 bits of theirs: among a million, two that are taken for one are less likely
    /// than one in ten million.
    public func search() -> Findings {
        var findings = Findings()
        let first = ModelState(bounds)
        var seen: Set<Int> = [first.hashValue]
        // How each state of the search was reached: the one before it, and which of its successors it is.
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

    /// Where nothing more happens, nobody may be at work: each is finished, or stopped with nobody to start it again.
    private static func endless(_ state: ModelState) -> String? {
        if state.coordinators.contains(where: { $0.life == .running }) {
            return "a coordinator waits for what never comes"
        }
        let left = state.cordons.indices.first { host in
            state.cordons[host].map { state.coordinators[$0].life == .finished } == true
        }
        return left.map { "n\($0) is cordoned by a coordinator that has finished" }
    }

    /// A state of the search, by how it was reached: many millions of them are remembered.
    private struct Step {
        var before: UInt32
        var ordinal: UInt32
    }

    /// Walks the way to a state once more, and tells it.
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
