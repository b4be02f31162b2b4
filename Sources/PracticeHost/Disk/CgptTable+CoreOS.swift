import HostFiles

extension CgptTable {
    /// The numbers of the partitions whose type is CoreOS's /usr, in Debian's `cgpt show`.
    static func usrNumbers(in table: String) -> [Int] {
        var numbers: [Int] = []
        var current: Int?
        for line in table.split(separator: "\n") {
            current = number(startedBy: line) ?? current
            if type(namedBy: line) == .usr, let current { numbers.append(current) }
        }
        return numbers
    }

    /// Debian's `cgpt show` with CoreOS's type names and `Attr:` lines.
    static func asOnCoreOS(_ table: String, attributes: [Int: PartitionAttributes]) -> String {
        var lines: [String] = []
        var current: Int?
        var isUsr = false
        for line in table.split(separator: "\n", omittingEmptySubsequences: false) {
            if let number = number(startedBy: line) { (current, isUsr) = (number, false) }
            guard let type = type(namedBy: line) else {
                lines.append(String(line))
                if isUsr, line.contains("UUID: "), let current, let attributes = attributes[current] {
                    lines.append(indentation + "Attr: \(attributes)")
                }
                continue
            }
            isUsr = type == .usr
            lines.append(indentation + "Type: \(type.description)")
        }
        return lines.joined(separator: "\n")
    }

    private static let indentation = String(repeating: " ", count: 34)

    /// `      139264      614400       3  Label: "USR-A"` starts partition 3.
    private static func number(startedBy line: Substring) -> Int? {
        let fields = line.split(separator: " ")
        guard fields.count >= 4, fields[3] == "Label:", Int(fields[0]) != nil else { return nil }
        return Int(fields[2])
    }

    private static func type(namedBy line: Substring) -> PartitionType? {
        let fields = line.split(separator: " ")
        guard fields.first == "Type:" else { return nil }
        let name = fields.dropFirst().joined(separator: " ")
        return name == "Linux data" || name == "Linux filesystem" ? .linuxData : PartitionType(guid: name)
    }
}
