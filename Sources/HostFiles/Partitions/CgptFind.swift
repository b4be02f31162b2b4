/// `cgpt find -t coreos-usr`: the partitions of a type, on any disk.
///
/// The paths are not usable as they are: for a disk whose name ends in a digit cgpt leaves out the `p`, and prints
/// `/dev/loop03` for `/dev/loop0p3` (facts 0.37). With the disk known, by `rootdev`, the number can be told.
public struct CgptFind: Hashable, Sendable {
    /// On the disk asked for, in the order printed.
    public private(set) var partitions: [PartitionDevice] = []
    /// Paths on other disks, as printed.
    public private(set) var elsewhere: [String] = []

    /// - Parameter disk: the disk that carries the running `/usr`.
    /// - Throws: `MalformedText` for a line that is no path under `/dev`. No line at all is no partition found.
    public init(_ text: String, disk: String) throws(MalformedText) {
        for line in try TextBounds.small.lines(of: text, as: .cgptFind) where !line.text.isEmpty {
            guard line.text.after("/dev/") != nil else {
                throw .unexpected(
                    .cgptFind, line: line.number, found: line.text, expected: "a path under /dev")
            }
            if let number = Self.number(of: line.text, on: disk) {
                partitions.append(try PartitionDevice(disk: disk, number: number))
            } else {
                elsewhere.append(String(line.text))
            }
        }
    }

    private static func number(of path: Substring, on disk: String) -> Int? {
        guard let rest = path.after(disk) else { return nil }
        let digits = disk.utf8.last?.isDigit == true ? rest.after("p") ?? rest : rest
        guard let number = digits.decimal(as: Int.self), PartitionDevice.numbers.contains(number) else {
            return nil
        }
        return number
    }
}
