/// The acts of fleet's engine on units whose machine is not yet known, or is gone.
struct FleetSchedule: Hashable, Sendable {
    struct Unit: Hashable, Sendable {
        var name: String
        var file: FleetUnitFile
        /// `launched`, `loaded` or `inactive`.
        var desired: String
        /// The id of the machine that has it.
        var target: String?
    }

    enum Change: Hashable, Sendable {
        case unschedule(String)
        case schedule(String, machine: String)
    }

    var units: [Unit]
    var machines: [FleetRecord]

    /// The changes in order: machines that left lose their units, then each unit without a machine takes the one with
    /// the fewest.
    func changes() -> [Change] {
        var state = self
        var changes: [Change] = []
        let known = Set(machines.map(\.id))
        for index in units.indices where !units[index].file.isGlobal {
            guard let target = units[index].target else { continue }
            guard !known.contains(target) || units[index].desired == "inactive" else { continue }
            state.units[index].target = nil
            changes.append(.unschedule(units[index].name))
        }
        for index in units.indices where !units[index].file.isGlobal {
            let unit = state.units[index]
            guard unit.target == nil, unit.desired != "inactive", let machine = state.machine(for: unit)
            else {
                continue
            }
            state.units[index].target = machine
            changes.append(.schedule(unit.name, machine: machine))
        }
        return changes
    }

    private func machine(for unit: Unit) -> String? {
        machines.filter { unit.file.fits($0) && !hasConflict(unit, on: $0.id) }
            .min { (load(of: $0.id), $0.id) < (load(of: $1.id), $1.id) }?.id
    }

    private func load(of machine: String) -> Int { units.count { $0.target == machine } }

    private func hasConflict(_ unit: Unit, on machine: String) -> Bool {
        units.contains { other in
            guard other.name != unit.name, other.target == machine else { return false }
            return unit.file.conflicts.contains { FleetUnitFile.matches(other.name, pattern: $0) }
                || other.file.conflicts.contains { FleetUnitFile.matches(unit.name, pattern: $0) }
        }
    }
}
