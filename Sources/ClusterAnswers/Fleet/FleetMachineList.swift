public import HostFiles

/// A machine that fleet counts as alive.
public struct FleetMachine: Hashable, Sendable {
    /// The machine's id; only its first characters where `idIsShortened`.
    public var id: String
    /// True if the list was asked for without `--full`.
    public var idIsShortened: Bool
    /// fleet's `public_ip`; nil where the machine has none.
    public var address: String?
    public var metadata: [String: String]

    public init(id: String, idIsShortened: Bool, address: String?, metadata: [String: String]) {
        self.id = id
        self.idIsShortened = idIsShortened
        self.address = address
        self.metadata = metadata
    }

    /// True if this can be the machine with that `/etc/machine-id`; certain only where the id is whole.
    public func matches(machineID: String) -> Bool {
        idIsShortened ? !id.isEmpty && machineID.hasPrefix(id) : id == machineID
    }
}

/// `fleetctl list-machines`, with or without legend, of every version (facts 5.1); or the answer of fleet's API.
public struct FleetMachineList: Hashable, Sendable {
    public var machines: [FleetMachine]

    public init(machines: [FleetMachine]) { self.machines = machines }

    /// Columns are separated by one tab or several (facts 0.18). A header alone, or an empty text, means no machines.
    ///
    /// - Throws: `MalformedText` for other lines, such as error messages.
    public init(_ text: String) throws(MalformedText) {
        machines = []
        for line in try TextBounds.list.lines(of: text, as: .fleetMachines) where !line.text.isEmpty {
            let columns = line.text.split(separator: "\t").map(\.trimmingBlanks)
            if line.number == 1, columns.first == "MACHINE" { continue }
            guard (1...3).contains(columns.count), let machine = FleetMachine(columns: columns) else {
                throw .unexpected(
                    .fleetMachines, line: line.number, found: line.text,
                    expected: "machine, IP and metadata")
            }
            machines.append(machine)
        }
    }

    public func contains(machineID: String) -> Bool {
        machines.contains { $0.matches(machineID: machineID) }
    }
}

extension FleetMachine {
    init?(columns: [Substring]) {
        let whole = columns[0].before(suffix: "...")
        let id = whole ?? columns[0]
        guard id.utf8.count <= 64, id.consists(of: \.isOfMachineID) else { return nil }
        let address = columns.count > 1 && columns[1] != "-" ? String(columns[1]) : nil
        guard address.map({ Substring($0).consists(of: \.isOfAddress) }) ?? true else { return nil }
        guard columns.count < 3 || columns[2] == "-" else {
            guard let metadata = Self.metadata(columns[2]) else { return nil }
            self.init(id: String(id), idIsShortened: whole != nil, address: address, metadata: metadata)
            return
        }
        self.init(id: String(id), idIsShortened: whole != nil, address: address, metadata: [:])
    }

    /// `k=v,k=v`
    private static func metadata(_ column: Substring) -> [String: String]? {
        var metadata: [String: String] = [:]
        for pair in column.split(separator: ",") {
            guard let (key, value) = pair.split(atFirst: "=" as Unicode.Scalar), !key.isEmpty,
                pair.unicodeScalars.allSatisfy(\.isPrintable)
            else { return nil }
            metadata[String(key)] = String(value)
        }
        return metadata
    }
}

extension UInt8 {
    fileprivate var isOfAddress: Bool {
        isOfMachineID || self == UInt8(ascii: ":") || self == UInt8(ascii: "%")
    }

    fileprivate var isOfMachineID: Bool {
        isDigit || isLetter || isUnderscore || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
    }
}

extension Unicode.Scalar {
    /// True if the scalar is neither a control character nor the replacement for bytes that are no text.
    fileprivate var isPrintable: Bool {
        properties.generalCategory != .control && self != "\u{FFFD}"
    }
}
