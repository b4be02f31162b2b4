import RolloutModel

extension PlatformReport {
    package func lines(on terminal: Terminal) -> [String] {
        [heading] + [""] + componentTable(on: terminal) + notes
            + (applications.isEmpty ? [] : [""] + applicationTable(on: terminal))
    }

    private var heading: String {
        let parts = [
            "Deis \(versionWanted ?? "of an unknown version")\(domain.map { " at \($0)" } ?? "")",
            versionRunning.map { "controller \($0)" } ?? "no controller answers",
            api.map { "API \($0)" }, coreOS.map { "made for CoreOS \($0)" },
            isStateless ? "without store and database" : nil,
            "\(machines.count) \(machines.count == 1 ? "machine" : "machines")",
        ]
        return ForeignText.line(parts.compactMap(\.self).joined(separator: " · "))
    }

    private func componentTable(on terminal: Terminal) -> [String] {
        var table = Columns(header: ["COMPONENT", "GOAL", "RUNS", "WHERE"])
        for component in components {
            let running = component.places.filter { $0.state == "active/running" }
            let isWell = !component.places.isEmpty && running.count == component.places.count
            table.rows.append([
                .init(component.unit), .init(component.goal ?? "none"),
                .init("\(running.count) of \(component.places.count)", isWell ? nil : .red),
                .init(Self.places(component.places)),
            ])
        }
        return table.lines(on: terminal)
    }

    /// Machines with another state than the usual one have it beside them.
    private static func places(_ places: [Place]) -> String {
        places.map { place in
            let name = place.address ?? place.machine
            return place.state == "active/running" ? name : "\(name) (\(place.state))"
        }.joined(separator: ", ")
    }

    private var notes: [String] {
        images.sorted { $0.key < $1.key }.map {
            "Image of its own, whatever the version: \($0.key) (\($0.value))"
        }
            + (strayJobs.isEmpty ? [] : ["Names in fleet that are no unit: \(Names.text(strayJobs))"])
    }

    private func applicationTable(on terminal: Terminal) -> [String] {
        let routers = Set(applications.flatMap(\.answers.keys)).sorted()
        var table = Columns(
            header: ["APPLICATION", "PUBLISHED", "RELEASE", "ADDRESSES LAST"]
                + routers.map { $0.uppercased() })
        table.dispensable = ["ADDRESSES LAST", "PUBLISHED", "RELEASE"]
        for application in applications {
            table.rows.append(
                [
                    .init(application.name), .init("\(application.containers)"),
                    .init(application.releases.joined(separator: " ")),
                    .init(application.leastTTL.map { "\($0.wholeSeconds) s" } ?? ""),
                ] + routers.map { Self.answer(application.answers[$0] ?? nil) })
        }
        return table.lines(on: terminal)
    }

    private static func answer(_ status: Int?) -> Columns.Cell {
        guard let status else { return .init("no answer", .red) }
        return .init("\(status)", status < 500 ? nil : .red)
    }
}
