/// A unit as an operator names it: `controller`, `router@2`, `deis-router@2.service`.
struct UnitTarget: Hashable, Sendable {
    /// `router`, without the `deis-` before it.
    var component: String
    /// The unit's number; nil for a unit without one.
    var number: Int?

    /// - Throws: `DeisctlError` where it is no name of a unit.
    init(_ target: String) throws(DeisctlError) {
        var name = target[...]
        if name.hasSuffix(".service") { name = name.dropLast(".service".count) }
        let parts = name.split(separator: "@", omittingEmptySubsequences: false)
        let letters = parts.first ?? ""
        guard (1...2).contains(parts.count), !letters.isEmpty,
            letters.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") })
        else { throw DeisctlError("Could not parse target: \(target)") }
        component = letters.hasPrefix("deis-") ? String(letters.dropFirst("deis-".count)) : String(letters)
        guard parts.count == 2 else { return }
        guard !parts[1].isEmpty, let number = Int(parts[1]), number >= 0 else {
            throw DeisctlError("Could not parse target: \(target)")
        }
        self.number = number == 0 ? nil : number
    }

    var unit: String { "deis-\(component)\(number.map { "@\($0)" } ?? "").service" }
}

/// The units of a platform by their names, as a version of deisctl looks for them.
struct UnitSearch: Hashable, Sendable {
    var units: [String]
    var manner: DeisctlManner

    /// All whose name begins with a text; else all whose name begins with it after `deis-`.
    ///
    /// - Throws: `DeisctlError` where there is none.
    func find(_ target: String) throws(DeisctlError) -> [String] {
        var found = units.filter { manner.matchesUnitsByPrefix ? $0.hasPrefix(target) : $0.contains(target) }
        if found.isEmpty, manner.matchesUnitsByPrefix {
            let canonical = target.lowercased()
            let prefix = canonical.hasPrefix("deis-") ? canonical : "deis-" + canonical
            found = units.filter { $0.hasPrefix(prefix) }
        }
        guard !found.isEmpty else { throw DeisctlError("could not find unit: \(target)") }
        return found
    }

    /// The targets, with each `@*` as the units that it stands for.
    /// An `@*` that stands for none leaves nothing of the batch.
    func expand(_ targets: [String]) throws(DeisctlError) -> [String] {
        var expanded: [String] = []
        for target in targets {
            let name = target.hasPrefix("deis-") ? target : "deis-" + target
            expanded += name.hasSuffix("@*") ? try find(String(name.dropLast(2))) : [name]
        }
        return expanded
    }
}
