/// A service as `systemctl show` tells of it.
public struct SystemdService: Hashable, Sendable {
    public var unit: String
    /// True if its process runs now.
    public var isRunning: Bool
    /// True if a boot is to bring it back: by a file of its own that outlives the boot, and not only when somebody calls.
    public var isLasting: Bool

    /// The properties to ask `systemctl show` for.
    public static let properties = [
        "Id", "Type", "ActiveState", "SubState", "FragmentPath", "Transient", "TriggeredBy", "WantedBy",
        "RequiredBy", "BusName",
    ]

    /// Reads what `systemctl show` prints of several services, with an empty line between two.
    ///
    /// - Throws: `MalformedText` for a line that is no property, and for a service without a name or a state.
    public static func list(_ text: String) throws(MalformedText) -> [SystemdService] {
        var services: [SystemdService] = []
        for block in try SystemdUnitStates.blocks(text) {
            services.append(try SystemdService(SystemdUnitState(block)))
        }
        return services
    }

    /// - Throws: `MalformedText` for a service without a name or a state.
    public init(_ state: SystemdUnitState) throws(MalformedText) {
        let id = state["Id"] ?? ""
        guard id[...].isUnitName, !state.activeState.isEmpty else {
            throw .unexpected(.unitState, found: id[...], expected: "a unit's name and its state")
        }
        func told(_ key: String) -> Bool { state[key]?.isEmpty == false }
        unit = id
        // A service that did its work and ended stays active, and does not run.
        isRunning = state.isActive && state.subState == "running" && state["Type"] != "oneshot"
        // A socket starts an instance for each connection: its name never comes again.
        let isCalled = told("TriggeredBy") || told("BusName") || id.contains("@")
        isLasting =
            Self.outlivesBoot((state["FragmentPath"] ?? "")[...]) && state["Transient"] != "yes"
            && (!isCalled || told("WantedBy") || told("RequiredBy"))
    }

    /// True if the unit file at the path is there after the next boot. A boot clears /run, where fleet's units and
    /// transient ones are; a generator makes the same files each time.
    private static func outlivesBoot(_ path: Substring) -> Bool {
        guard path.after("/run/") != nil else { return !path.isEmpty }
        return path.after("/run/systemd/generator") != nil
    }
}
