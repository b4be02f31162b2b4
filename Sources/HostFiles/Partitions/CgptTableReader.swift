/// Reads `cgpt show` row by row: a row of three columns begins a partition, indented rows say more about it.
struct CgptTableReader {
    private var partitions: [CgptTable.Partition] = []
    private var invalidParts: [String] = []
    private var open: OpenPartition?

    private struct OpenPartition {
        var line: Int
        var number: Int
        var label: String
        var start: UInt64
        var size: UInt64
        var type: String?
        var uuid: String?
        var attributes: PartitionAttributes?
    }

    mutating func take(_ line: TextLine) throws(MalformedText) {
        let text = line.text.trimmingBlanks
        if text.isEmpty { return }
        if text.utf8.first?.isDigit == true { return try takeRow(line, text) }
        if let value = text.after("Type: ") {
            open?.type = String(value)
        } else if let value = text.after("UUID: ") {
            open?.uuid = String(value)
        } else if let value = text.after("Attr: ") {
            open?.attributes = PartitionAttributes(attribute: value)
        } else if text.blankSeparatedFields == ["start", "size", "part", "contents"] {
            return
        } else {
            throw .unexpected(.cgptTable, line: line.number, found: line.text, expected: "a row of cgpt show")
        }
    }

    mutating func finish() throws(MalformedText) -> (
        partitions: [CgptTable.Partition], invalidParts: [String]
    ) {
        try close()
        return (partitions, invalidParts)
    }

    /// `139264 614400 3 Label: "USR-A"`, or a row of the table's own: `1 1 [INVALID] Pri GPT header`.
    private mutating func takeRow(_ line: TextLine, _ text: Substring) throws(MalformedText) {
        try close()
        guard let (start, afterStart) = text.split(atFirst: " " as Unicode.Scalar),
            let (size, rest) = afterStart.trimmingBlanks.split(atFirst: " " as Unicode.Scalar),
            let start = start.decimal(as: UInt64.self), let size = size.decimal(as: UInt64.self)
        else {
            throw .unexpected(.cgptTable, line: line.number, found: line.text, expected: "start and size")
        }
        let contents = rest.trimmingBlanks
        if let invalid = contents.after("INVALID ") {
            return invalidParts.append(String(invalid.trimmingBlanks))
        }
        guard let (digits, label) = contents.split(atFirst: " " as Unicode.Scalar),
            digits.consists(of: \.isDigit)
        else { return }
        guard let number = digits.decimal(as: Int.self), PartitionDevice.numbers.contains(number),
            let name = label.trimmingBlanks.after("Label: \"")?.before(suffix: "\"")
        else {
            throw .unexpected(
                .cgptTable, line: line.number, found: line.text, expected: "a partition with its label")
        }
        open = OpenPartition(
            line: line.number, number: number, label: String(name), start: start, size: size)
    }

    private mutating func close() throws(MalformedText) {
        guard let partition = open else { return }
        open = nil
        guard let type = partition.type, let uuid = partition.uuid else {
            throw MalformedText(
                subject: .cgptTable, line: partition.line,
                problem: .missing("type or UUID of partition \(partition.number)"))
        }
        partitions.append(
            CgptTable.Partition(
                number: partition.number, label: partition.label, type: type, uuid: uuid,
                startSector: partition.start, sizeSectors: partition.size, attributes: partition.attributes))
    }
}
