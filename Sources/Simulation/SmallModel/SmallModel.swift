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
        // How each state of the search was reached: the one before it, and what happened.
        var steps: [(before: Int, what: Happening?)] = [(-1, nil)]
        var front = [(index: 0, state: first)]
        while !front.isEmpty {
            var next: [(index: Int, state: ModelState)] = []
            for (index, state) in front {
                let successors = state.successors()
                if let violation = successors.isEmpty ? Self.endless(state) : nil {
                    return findings.with(violation, Self.trace(to: index, steps), states: steps.count)
                }
                if successors.isEmpty { findings.ends += 1 }
                for successor in successors {
                    if let violation = successor.violation {
                        let trace = Self.trace(to: index, steps) + [successor.what.description]
                        return findings.with(violation, trace, states: steps.count)
                    }
                    guard seen.insert(successor.state.hashValue).inserted else { continue }
                    steps.append((index, successor.what))
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
        state.coordinators.contains { $0.life == .running } ? "a coordinator waits for what never comes" : nil
    }

    private static func trace(to index: Int, _ steps: [(before: Int, what: Happening?)]) -> [String] {
        var trace: [String] = []
        var index = index
        while index > 0 {
            trace.append(steps[index].what?.description ?? "")
            index = steps[index].before
        }
        return trace.reversed()
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
