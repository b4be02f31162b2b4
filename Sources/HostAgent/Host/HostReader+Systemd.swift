import HostFiles

/// The answers of systemd to the questions of a report.
struct SystemdSight {
    /// The watched units.
    var units: Result<SystemdUnitStates, HostFault>
    /// `running`, `degraded`, …
    var systemState: Result<String, HostFault>
    /// The units that are not well, or not there yet, and those that run.
    var list: Result<SystemdUnitList, HostFault>
    /// The services of the list that run; nil where systemctl is still to be asked for them.
    var services: [SystemdService]?
}

extension HostReader {
    /// The answers to an inquiry, and to the one that follows from them.
    ///
    /// - Returns: nil where systemd does not answer itself, or says something else: systemctl is asked then.
    func told<First, Second>(
        _ first: SystemdInquiry<First>, then second: (First) -> SystemdInquiry<Second>
    ) async -> (First, Second)? {
        let answers = await effects.askSystemd(first.calls) { answers in
            (try? first.value(of: answers[...])).map { second($0).calls } ?? []
        }
        guard let answers, let value = try? first.value(of: answers.prefix(first.calls.count)) else {
            return nil
        }
        let rest = answers.dropFirst(first.calls.count)
        return (try? second(value).value(of: rest)).map { (value, $0) }
    }

    func systemdSight() async -> SystemdSight {
        if let sight = await toldSight() { return sight }
        return await shownSight()
    }

    private func toldSight() async -> SystemdSight? {
        let units = WatchedUnits.all
        let first = WatchedUnits.inquiry(units, ofEngine: WatchedUnits.ofEngineAtRest)
            .and(.systemState).and(.list(states: Self.listedStates))
        let told = await told(first) { first in
            WatchedUnits.inquiry(underWay: first.0.0, of: units)
                .and(.services(first.1.runningServices) { _ in SystemdService.properties })
        }
        guard let (((states, state), list), (rest, services)) = told,
            let running = try? list.runningServices.compactMap({ services[$0] })
                .map({ state throws(MalformedText) in try SystemdService(state) })
        else { return nil }
        return SystemdSight(
            units: .success(states.completed(by: rest, of: units)), systemState: .success(state),
            list: .success(list), services: running)
    }

    private func shownSight() async -> SystemdSight {
        return SystemdSight(
            units: await result { () async throws(HostFault) in try await shown(WatchedUnits.all) },
            systemState: await result { () async throws(HostFault) in try await shownSystemState() },
            list: await result { () async throws(HostFault) in try await shownList() })
    }

    private func result<Value>(
        _ body: () async throws(HostFault) -> Value
    ) async -> Result<Value, HostFault> {
        do throws(HostFault) { return .success(try await body()) } catch { return .failure(error) }
    }

    private func shownSystemState() async throws(HostFault) -> String {
        // Every state but `running` exits with 1.
        let outcome = try await effects.run(HostCommand("systemctl", ["is-system-running"]))
        guard let state = outcome.output.split(separator: "\n").first else {
            throw .commandFailed(HostCommand("systemctl", ["is-system-running"]), outcome)
        }
        return String(state)
    }
}
