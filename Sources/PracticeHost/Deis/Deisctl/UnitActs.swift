/// deisctl's acts on units. Each is asked for, and then waited for by its states, without an end.
struct UnitActs {
    let fleet: DeisctlFleet
    let templates: UnitTemplates
    var printer: DeisctlPrinter

    private var manner: DeisctlManner { printer.manner }

    /// A unit that is being waited for.
    private struct Pending {
        /// As the operator named it.
        var target: String
        var unit: String
        var lastSub: String
    }

    // MARK: Create and destroy

    /// - Throws: `DeisctlEnding`; refusals are printed.
    mutating func create(_ targets: [String]) throws(DeisctlEnding) {
        var texts: [(unit: String, text: String)] = []
        for target in targets {
            do throws(DeisctlError) {
                let target = try UnitTarget(target)
                texts.append((target.unit, try templates.text(of: target.component)))
            } catch {
                return try printer.error(
                    manner.endsPrintingWithAnError ? error.description : "Error creating: \(error)")
            }
        }
        var units: [String] = []
        for (unit, text) in texts where try isCreated(unit, text) { units.append(unit) }
        try wait(for: units) { unit, states in
            states.contains { $0.unit.hasPrefix(unit) }
        } done: {
            "loaded"
        }
    }

    /// A job that there is already keeps its text, and is set to `loaded` all the same.
    private mutating func isCreated(_ unit: String, _ text: String) throws(DeisctlEnding) -> Bool {
        do throws(DeisctlError) {
            do throws(DeisctlError) {
                try fleet.create(unit, text)
            } catch {
                guard error == .jobAlreadyExists else { throw error }
            }
            try fleet.setTarget(unit, "loaded")
            return true
        } catch {
            try printer.error(error.description)
            return false
        }
    }

    mutating func destroy(_ targets: [String]) throws(DeisctlEnding) {
        guard let expanded = try expanded(targets) else { return }
        var units: [String] = []
        for target in expanded {
            guard let unit = try unit(target) else { continue }
            // An error of fleet's is thrown away.
            try? fleet.destroy(unit)
            units.append(unit)
        }
        try wait(for: units) { unit, states in
            !states.contains { $0.unit.hasPrefix(unit) }
        } done: {
            "destroyed"
        }
    }

    private mutating func wait(
        for units: [String], until isDone: (String, [FleetJobs.State]) -> Bool, done text: () -> String
    ) throws(DeisctlEnding) {
        var waiting = units
        while !waiting.isEmpty {
            try fleet.pause()
            let states: [FleetJobs.State]
            do throws(DeisctlError) {
                states = try fleet.states()
            } catch {
                for _ in waiting { try printer.error(error.description) }
                continue
            }
            for unit in waiting where isDone(unit, states) { try printer.outcome(unit, text()) }
            waiting.removeAll { isDone($0, states) }
        }
    }

    // MARK: Start and stop

    mutating func start(_ targets: [String]) throws(DeisctlEnding) {
        guard let expanded = try expanded(targets, newline: false) else { return }
        try change(expanded, to: "launched", from: "dead", until: "running", "starting")
    }

    mutating func stop(_ targets: [String]) throws(DeisctlEnding) {
        guard let expanded = try expanded(targets) else { return }
        try change(expanded, to: "loaded", from: "running", until: "dead", "stopping")
    }

    /// Asks for a start, and neither waits for it nor prints anything.
    func launch(_ targets: [String]) {
        guard let units = try? search().expand(targets) else { return }
        for target in units {
            guard let unit = try? UnitTarget(target).unit else { continue }
            try? fleet.setTarget(unit, "launched")
        }
    }

    private mutating func change(
        _ targets: [String], to targetState: String, from likely: String, until wanted: String,
        _ act: String
    ) throws(DeisctlEnding) {
        var waiting: [Pending] = []
        for target in targets {
            guard let unit = try unit(target) else { continue }
            do throws(DeisctlError) {
                try fleet.setTarget(unit, targetState)
                waiting.append(Pending(target: target, unit: unit, lastSub: likely))
            } catch {
                try printer.error(error.description)
            }
        }
        while !waiting.isEmpty {
            let states: [FleetJobs.State]
            do throws(DeisctlError) {
                states = try fleet.states()
            } catch {
                for _ in waiting { try printer.error(error.description) }
                return
            }
            var rest: [Pending] = []
            for pending in waiting {
                if let next = try look(pending, states, wanted, act) { rest.append(next) }
            }
            waiting = rest
            if !waiting.isEmpty { try fleet.pause() }
        }
    }

    /// Looks at the first state of a unit, whichever machine it is of.
    ///
    /// - Returns: nil: nothing more is waited for.
    private mutating func look(
        _ pending: Pending, _ states: [FleetJobs.State], _ wanted: String, _ act: String
    ) throws(DeisctlEnding) -> Pending? {
        guard let state = states.first(where: { $0.unit == pending.unit }) else {
            let words = manner.endsPrintingWithAnError ? "could not find unit: " : "Could not find unit: "
            try printer.error(words + pending.unit)
            return nil
        }
        if state.sub != pending.lastSub { try printer.progress(pending.unit, state.active, state.sub) }
        if state.sub == wanted {
            printer.settled()
            return nil
        }
        if state.sub == "failed", manner.noticesFailure {
            try printer.failure(pending.target, while: act)
            return nil
        }
        var next = pending
        next.lastSub = state.sub
        return next
    }

    // MARK: Several

    /// Restarts the numbers from 1 to as many units as there are, whatever numbers they have.
    mutating func rollingRestart(_ component: String) throws(DeisctlEnding) {
        guard component == "router" else {
            return try printer.error("invalid component. supported for: router", newline: false)
        }
        let count: Int
        do throws(DeisctlError) {
            count = try search().find(component).count
        } catch {
            return try printer.error(error.description, newline: false)
        }
        for number in 1...max(1, count) {
            let target = ["\(component)@\(number)"]
            try stop(target)
            try destroy(target)
            try create(target)
            try start(target)
        }
    }

    mutating func scale(_ component: String, to wanted: Int) throws(DeisctlEnding) {
        let count = (try? search().find(component).count) ?? 0
        if wanted > count {
            try create((count + 1...wanted).map { "\(component)@\($0)" })
        } else if wanted < count {
            try destroy((wanted + 1...count).reversed().map { "\(component)@\($0)" })
        }
    }

    /// The units that fleet knows.
    func search() throws(DeisctlError) -> UnitSearch {
        UnitSearch(units: try fleet.units(), manner: manner)
    }

    /// nil: the batch is not done, and why is printed.
    private mutating func expanded(
        _ targets: [String], newline: Bool = true
    ) throws(DeisctlEnding) -> [String]? {
        do throws(DeisctlError) {
            // Only `@*` needs to know what there is.
            guard targets.contains(where: { $0.hasSuffix("@*") }) else {
                return try UnitSearch(units: [], manner: manner).expand(targets)
            }
            return try search().expand(targets)
        } catch {
            try printer.error(error.description, newline: newline)
            return nil
        }
    }

    private mutating func unit(_ target: String) throws(DeisctlEnding) -> String? {
        do throws(DeisctlError) {
            return try UnitTarget(target).unit
        } catch {
            try printer.error(error.description)
            return nil
        }
    }
}
