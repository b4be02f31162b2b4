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
