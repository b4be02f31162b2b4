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
        "RequiredBy",
        "BusName",
    ]

    /// Reads what `systemctl show` prints of several services, with an empty line between two.
    ///
    /// - Throws: `MalformedText` for a line that is no property, and for a service without a name or a state.
    public static func list(_ text: String) throws(MalformedText) -> [SystemdService] {
        var services: [SystemdService] = []
        var block: [String: Substring] = [:]
        for line in try TextBounds.list.lines(of: text, as: .serviceList) {
            guard !line.text.isEmpty else {
                if !block.isEmpty { services.append(try SystemdService(block)) }
                block = [:]
                continue
            }
            guard let (key, value) = line.text.split(atFirst: "=" as Unicode.Scalar), !key.isEmpty else {
                throw .unexpected(
                    .serviceList, line: line.number, found: line.text, expected: "Property=value")
            }
            block[String(key)] = value
        }
        if !block.isEmpty { services.append(try SystemdService(block)) }
        return services
    }

    private init(_ properties: [String: Substring]) throws(MalformedText) {
        guard let id = properties["Id"], id.isUnitName, let active = properties["ActiveState"] else {
            throw .unexpected(
                .serviceList, found: properties["Id"] ?? "", expected: "a unit's name and its state")
        }
        func told(_ key: String) -> Bool { properties[key]?.isEmpty == false }
        unit = String(id)
        // A service that did its work and ended stays active, and does not run.
        isRunning =
            active == "active" && properties["SubState"] == "running" && properties["Type"] != "oneshot"
        let isCalled = told("TriggeredBy") || told("BusName")
        isLasting =
            Self.outlivesBoot(properties["FragmentPath"] ?? "") && properties["Transient"] != "yes"
            && (!isCalled || told("WantedBy") || told("RequiredBy"))
    }

    /// True if the unit file at the path is there after the next boot. A boot clears /run, where fleet's units and
    /// transient ones are; a generator makes the same files each time.
    private static func outlivesBoot(_ path: Substring) -> Bool {
        guard path.after("/run/") != nil else { return !path.isEmpty }
        return path.after("/run/systemd/generator") != nil
    }
}
