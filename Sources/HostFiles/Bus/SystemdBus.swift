/// Calls to systemd over D-Bus, as systemctl makes them, but for single properties (facts 0.63).
enum SystemdBus {
    private static let service = "org.freedesktop.systemd1"
    private static let root = "/org/freedesktop/systemd1"
    private static let manager = "\(service).Manager"
    private static let properties = "org.freedesktop.DBus.Properties"
    /// The properties that are a service's own, of those that are asked for. All others are of every unit.
    private static let ofServices: Set = ["Type", "MainPID", "Result", "BusName", "ControlGroup"]

    /// `systemctl is-system-running`.
    static let systemState = property("SystemState", of: root, interface: manager)

    /// `systemctl list-units`, of the units with one of the states.
    static func list(states: [String]) -> BusCall {
        BusCall(
            destination: service, path: root, interface: manager, method: "ListUnitsFiltered",
            arguments: .list(states))
    }

    /// `systemctl stop --no-block`.
    static func stop(_ unit: String) -> BusCall { call("StopUnit", [unit, "replace"]) }

    /// `systemctl reset-failed`.
    static func resetFailed(_ unit: String) -> BusCall { call("ResetFailedUnit", [unit]) }

    private static func call(_ method: String, _ texts: [String]) -> BusCall {
        BusCall(
            destination: service, path: root, interface: manager, method: method, arguments: .texts(texts))
    }

    /// A property of a unit. systemd looks for the files of a unit that it does not have.
    static func property(_ name: String, ofService unit: String) -> BusCall {
        property(
            name, of: path(of: unit),
            interface: "\(service).\(ofServices.contains(name) ? "Service" : "Unit")")
    }

    private static func property(_ name: String, of path: String, interface: String) -> BusCall {
        BusCall(
            destination: service, path: path, interface: properties, method: "Get",
            arguments: .texts([interface, name]))
    }

    /// The object of a unit: each byte of its name that is neither a letter nor a digit is `_` and two hexadecimal
    /// digits, and so is a digit at the beginning.
    static func path(of unit: String) -> String {
        var path = "\(root)/unit/"
        for (index, byte) in unit.utf8.enumerated() {
            if byte.isLetter || (index > 0 && byte.isDigit) {
                path.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                path += "_" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
            }
        }
        return path
    }
}

extension SystemdUnitList {
    /// Reads the answer to `SystemdBus.list`. Units that follow another one are left out, as by systemctl.
    ///
    /// - Throws: `MalformedText` for an answer that is no list of units with their states.
    init(_ answer: BusAnswer) throws(MalformedText) {
        guard case .values(let values) = answer, values.count == 1, case .list(let rows) = values[0] else {
            throw .missing(.busMessage, "the list of units")
        }
        var entries: [Entry] = []
        for row in rows {
            // Name, description, three states, and the unit that is followed.
            guard case .tuple(let columns) = row, columns.count == 10 else {
                throw .unexpected(.busMessage, found: "a row of another kind", expected: "a unit")
            }
            let texts = columns.prefix(6).map { $0.text ?? "" }
            guard texts[5].isEmpty else { continue }
            guard
                let entry = Entry(
                    unit: texts[0][...], load: texts[2][...], active: texts[3][...], sub: texts[4][...])
            else {
                throw .unexpected(.busMessage, found: texts[0], expected: "a unit and three states")
            }
            entries.append(entry)
        }
        self.init(entries: entries)
    }
}
