/// Deis' components, as deisctl lists them. Every listed component is to run.
public struct DeisComponents: RunningUnits {
    /// The number of machines that each component is active and running on.
    public var running: [String: Int]
    /// All components.
    public var listed: Set<String>

    public init(running: [String: Int], listed: Set<String>) {
        self.running = running
        self.listed = listed
    }

    public var broken: [String] { listed.filter { running[$0] == nil }.sorted() }

    /// Components that are not listed any more are missing, too.
    public func missing(since before: DeisComponents) -> [String] {
        before.running.keys.filter { running.runsLess($0, than: before.running) }.sorted()
    }
}
