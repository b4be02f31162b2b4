/// `systemctl show -p … UNIT`: one property a line.
public struct SystemdUnitState: Hashable, Sendable {
    /// The properties that the named accessors read; ask `systemctl show` for at least these.
    public static let properties = [
        "LoadState", "ActiveState", "SubState", "UnitFileState", "Result", "MainPID", "FragmentPath",
        "ConditionResult",
    ]

    /// Every property printed; a systemd that does not know one prints nothing for it.
    public private(set) var properties: [String: String] = [:]

    /// - Throws: `MalformedText` for a line without `=`, and for no lines at all.
    public init(_ text: String) throws(MalformedText) {
        for line in try TextBounds.small.lines(of: text, as: .unitState) where !line.text.isEmpty {
            guard let (key, value) = line.text.split(atFirst: "=" as Unicode.Scalar),
                key.consists(of: { $0.isLetter || $0.isDigit || $0.isUnderscore })
            else {
                throw .unexpected(
                    .unitState, line: line.number, found: line.text, expected: "Property=value")
            }
            properties[String(key)] = String(value)
        }
        guard !properties.isEmpty else { throw MalformedText(subject: .unitState, problem: .empty) }
    }

    /// - Parameter properties: by their names, with values as `systemctl show` prints them.
    public init(properties: [String: String]) { self.properties = properties }

    public subscript(property: String) -> String? { properties[property] }

    /// `loaded`, `masked`, `not-found`, …; empty where systemd did not say.
    public var loadState: String { properties["LoadState"] ?? "" }
    /// `active`, `inactive`, `failed`, `activating`, `deactivating`.
    public var activeState: String { properties["ActiveState"] ?? "" }
    /// `running`, `dead`, `failed`, …
    public var subState: String { properties["SubState"] ?? "" }
    /// `enabled`, `disabled`, `static`, `masked`, `masked-runtime`, …; empty for a unit without a file.
    public var unitFileState: String { properties["UnitFileState"] ?? "" }
    /// `success`, `exit-code`, …: how the last run ended.
    public var result: String { properties["Result"] ?? "" }
    /// The main process; nil while none runs.
    public var mainPID: Int32? {
        guard let pid = properties["MainPID"]?[...].decimal(as: Int32.self), pid > 0 else { return nil }
        return pid
    }
    /// False where a start was skipped, as on images with `/usr/.noupdate` (facts 1.7).
    public var conditionHeld: Bool? { properties["ConditionResult"].map { $0 == "yes" } }

    public var exists: Bool { loadState != "not-found" }
    /// True if the unit is masked, in `/etc` or for this boot only. A unit masked while running keeps running
    /// (facts 0.35).
    public var isMasked: Bool { loadState == "masked" || unitFileState.hasPrefix("masked") }
    public var isMaskedForGood: Bool { isMasked && !isMaskedForThisBootOnly }
    public var isMaskedForThisBootOnly: Bool { unitFileState == "masked-runtime" }
    public var isActive: Bool { activeState == "active" }
    public var isFailed: Bool { activeState == "failed" }
    /// True if the unit is neither running nor on its way up or down.
    public var isAtRest: Bool { activeState == "inactive" || activeState == "failed" }
}
