/// Units, as fleet's registry has them.
extension PlatformJudge {
    /// Judges by both parts of the registry. An unknown part holds by itself.
    private func registry(
        _ judge: (PlatformJobs, [PlatformUnitState]) -> [PlatformHold]
    ) -> [PlatformHold] {
        seen(facts.jobs, "fleet's list of units") { jobs in
            seen(facts.states, "fleet's states of units") { judge(jobs, $0) }
        }
    }

    /// The units that are not dead. A unit that fleet is still to run is not dead, although fleet may tell
    /// no state of it yet.
    func deadHolds(_ units: [PlatformUnit]) -> [PlatformHold] {
        registry { jobs, states in
            let alive = Self.alive(units, jobs, states)
            return alive.isEmpty ? [] : [.unitsStillRun(units: alive)]
        }
    }

    private static func alive(
        _ units: [PlatformUnit], _ jobs: PlatformJobs, _ states: [PlatformUnitState]
    ) -> [String] {
        units.flatMap { unit in
            let alive = states.filter { $0.unit == unit && !$0.isDead }.map(\.shown)
            let isToRun = jobs.job(of: unit)?.goal == .launched
            return alive.isEmpty && isToRun ? ["\(unit): to be launched"] : alive
        }
    }

    /// The units of the control plane that are not dead. The units are those that fleet has now: a unit
    /// that nobody knew of before uses the store as well.
    var controlPlaneHolds: [PlatformHold] {
        registry { jobs, states in
            let units = Set(jobs.units + states.map(\.unit)).sorted().of(.control)
            let alive = Self.alive(units, jobs, states)
            return alive.isEmpty ? [] : [.controlPlaneRuns(units: alive)]
        }
    }

    /// - Parameter units: the units that are to be gone; nil for every unit that there is.
    func goneHolds(_ units: [PlatformUnit]?) -> [PlatformHold] {
        registry { jobs, states in
            let there = Set(jobs.units + states.map(\.unit))
            let left = units.map { there.intersection($0) } ?? there
            return left.isEmpty ? [] : [.unitsLeft(units: left.sorted().map(\.target))]
        }
    }

    func launchedHolds(_ units: [PlatformUnit]) -> [PlatformHold] {
        registry { jobs, states in
            let launched = units.filter { unit in
                jobs.job(of: unit)?.goal == .launched || states.contains { $0.unit == unit && !$0.isDead }
            }
            return launched.isEmpty ? [] : [.installWouldStop(units: launched.map(\.target))]
        }
    }

    func installedHolds(_ units: [PlatformUnit]) -> [PlatformHold] {
        registry { jobs, states in
            let absent = units.filter { jobs.job(of: $0) == nil }
            let placeless = units.filter { unit in
                guard let job = jobs.job(of: unit) else { return false }
                return job.machine == nil && !states.contains { $0.unit == unit }
            }
            return (absent.isEmpty ? [] : [.unitsNotInstalled(units: absent.map(\.target))])
                + (placeless.isEmpty ? [] : [.unitsWithoutPlace(units: placeless.map(\.target))])
        }
    }

    /// Units that are there as they were before.
    func oldHolds(_ units: [PlatformUnit]) -> [PlatformHold] {
        registry { jobs, _ in
            let old = units.filter { jobs.job(of: $0).map { !baseline.isRenewed($0) } ?? false }
            return old.isEmpty ? [] : [.unitsOld(units: old.map(\.target))]
        }
    }

    func runningHolds(_ units: [PlatformUnit]) -> [PlatformHold] {
        registry { jobs, states in
            let failing = states.filter { units.contains($0.unit) && $0.isFailing }.map(\.shown)
            let idle = units.flatMap { self.idle($0, jobs, states) }
            return (failing.isEmpty ? [] : [.unitsFailing(units: failing)])
                + (idle.isEmpty ? [] : [.unitsNotRunning(units: idle)])
        }
    }

    /// The places where a unit should run and does not.
    private func idle(_ unit: PlatformUnit, _ jobs: PlatformJobs, _ states: [PlatformUnitState]) -> [String] {
        guard jobs.job(of: unit)?.goal == .launched else { return ["\(unit): not launched"] }
        let own = states.filter { $0.unit == unit }
        guard unit.component.isGlobal else {
            // fleet may have given it another machine.
            if own.contains(where: \.isRunning) { return [] }
            return own.isEmpty ? ["\(unit): nowhere"] : own.map(\.shown)
        }
        let running = Set(own.filter(\.isRunning).map(\.machine))
        return baseline.machines(of: unit).filter { !running.contains($0) }.map { machine in
            own.first { $0.machine == machine }?.shown ?? "\(unit) on \(machine.rawValue.prefix(8)): nowhere"
        }
    }
}
