/// The units that are to run, and the number of machines that each runs on.
public protocol RunningUnits: Codable, Hashable, Sendable {
    /// The names of units that are to run and do not, sorted.
    var broken: [String] { get }
    /// The names of units that run on fewer machines than `before`, sorted.
    func missing(since before: Self) -> [String]
}

extension [String: Int] {
    func runsLess(_ name: String, than before: Self) -> Bool {
        self[name, default: 0] < before[name, default: 0]
    }
}

extension RunningUnits {
    /// The holds of every witness that was asked this time, or that none was.
    ///
    /// - Parameters:
    ///   - now: what each witness says; this is what ran before.
    ///   - down: the hold for units that a witness misses.
    ///   - unknown: the hold for a witness that does not tell, and why; the witness is nil where none was asked.
    func comparison<Own: Hold>(
        with now: [HostID: Observation<Self>], down: ([String], HostID) -> Own,
        unknown: (String, HostID?) -> Own
    ) -> [Own] {
        guard !now.isEmpty else { return [unknown("not asked", nil)] }
        return now.sorted { $0.key < $1.key }.compactMap { witness, seen in
            switch seen {
            case .unknown(let why): return unknown(why, witness)
            case .seen(let units):
                let missing = units.missing(since: self)
                return missing.isEmpty ? nil : down(missing, witness)
            }
        }
    }
}

extension Checkpoint {
    /// A host that is out must come home whatever runs elsewhere; units may wait for that very host.
    var waitsForUnits: Bool {
        switch self {
        case .beforeStage, .beforeReboot, .afterCommit: true
        case .beforeCommit, .beforeRollback, .afterRollback: false
        }
    }
}
