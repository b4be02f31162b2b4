/// deisctl's acts on fleet, with any store behind it.
struct DeisctlFleet: Sendable {
    /// The names of all units, sorted.
    var units: @Sendable () throws(DeisctlError) -> [String]
    /// The states of all units, sorted by unit, then by machine.
    var states: @Sendable () throws(DeisctlError) -> [FleetJobs.State]
    var machines: @Sendable () throws(DeisctlError) -> [FleetRecord]
    /// True if a unit runs on every machine; nil: there is no such unit.
    var isGlobal: @Sendable (_ unit: String) throws(DeisctlError) -> Bool?
    /// - Throws: `DeisctlError.jobAlreadyExists` for a unit that there is.
    var create: @Sendable (_ unit: String, _ text: String) throws(DeisctlError) -> Void
    var setTarget: @Sendable (_ unit: String, _ state: String) throws(DeisctlError) -> Void
    var destroy: @Sendable (_ unit: String) throws(DeisctlError) -> Void
    /// The pause between two looks at the states.
    var pause: @Sendable () throws(DeisctlEnding) -> Void
}

/// An error in deisctl's words.
struct DeisctlError: Error, Hashable, Sendable, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }

    static let jobAlreadyExists = DeisctlError("job already exists")
    static let timeoutReached = DeisctlError("timeout reached")
}

/// deisctl's acts on the keys under `/deis`.
struct DeisctlKeys: Sendable {
    struct Leaf: Hashable, Sendable {
        var key: String
        var value: String
    }

    var get: @Sendable (_ key: String) throws(DeisctlError) -> String
    /// - Returns: the value that was written.
    var set: @Sendable (_ key: String, _ value: String) throws(DeisctlError) -> String
    var delete: @Sendable (_ key: String) throws(DeisctlError) -> Void
    /// The keys and the empty directories below a key, sorted.
    var leaves: @Sendable (_ key: String) throws(DeisctlError) -> [Leaf]
    /// Writes a key that is there anew, with a TTL.
    var refresh: @Sendable (_ leaf: Leaf, _ ttl: Duration) throws(DeisctlError) -> Void
}
