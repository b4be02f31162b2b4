/// `cgpt show DISK`: the partitions of a GPT disk.
public struct CgptTable: Hashable, Sendable {
    public struct Partition: Hashable, Sendable {
        public var number: Int
        public var label: String
        /// As cgpt names it, for example `Alias for coreos-rootfs`, or a UUID.
        public var type: String
        /// In capitals, as cgpt prints it.
        public var uuid: String
        public var startSector: UInt64
        public var sizeSectors: UInt64
        /// nil for partitions that GRUB does not choose between.
        public var attributes: PartitionAttributes?

        /// A partition that can be `/usr` (facts 4): by type, on both distributions.
        public var isUsr: Bool {
            ["coreos-rootfs", "coreos-usr", "flatcar-rootfs", "flatcar-usr"].contains { type.hasSuffix($0) }
        }
    }

    /// In the order of the table; where the two copies of the table differ, as the primary has them.
    public private(set) var partitions: [Partition]
    /// Rows that cgpt marked `INVALID`, for example `Pri GPT header`; the table then waits for `cgpt repair`.
    public private(set) var invalidParts: [String]
    /// cgpt listed the partitions of the second copy too, because they differ from the first.
    public private(set) var copiesDiffer: Bool

    public subscript(number: Int) -> Partition? { partitions.first { $0.number == number } }
    public subscript(label label: String) -> Partition? { partitions.first { $0.label == label } }
    public var usrPartitions: [Partition] { partitions.filter(\.isUsr) }

    /// - Throws: `MalformedText` for output that is not such a table, or has no partitions.
    public init(_ text: String) throws(MalformedText) {
        var reader = CgptTableReader()
        for line in try TextBounds.small.lines(of: text, as: .cgptTable) {
            try reader.take(line)
        }
        let rows = try reader.finish()
        guard !rows.partitions.isEmpty else { throw .missing(.cgptTable, "any partition") }
        partitions = []
        copiesDiffer = false
        for partition in rows.partitions {
            if partitions.contains(where: { $0.number == partition.number }) {
                copiesDiffer = true
            } else {
                partitions.append(partition)
            }
        }
        invalidParts = rows.invalidParts
    }
}
