/// A partition's device file, as disk and number.
///
/// A disk whose own name ends in a digit has a `p` before the number (`/dev/nvme0n1p4`), any other has not
/// (`/dev/sda4`).
public struct PartitionDevice: Hashable, Sendable {
    /// `/dev/sda`, `/dev/nvme0n1`, `/dev/loop0`, …
    public let disk: String
    /// 1…128
    public let number: Int

    static let numbers = 1...128

    /// The partition `number` of a disk.
    public init(disk: String, number: Int) throws(MalformedText) {
        guard Self.isDeviceFile(disk[...]) else {
            throw .unexpected(.partitionDevice, found: disk, expected: "the device file of a disk")
        }
        guard Self.numbers.contains(number) else {
            throw .unexpected(
                .partitionDevice, found: "\(number)", expected: "a partition number of 1 to 128")
        }
        self.disk = disk
        self.number = number
    }

    /// The partition that a path names: `/dev/sda3`, `/dev/nvme0n1p4`, `/dev/loop0p3`, `/dev/mmcblk0p3`.
    ///
    /// - Throws: `MalformedText` for anything else: whole disks, device-mapper targets, links such as
    ///   `/dev/disk/by-partlabel/USR-A`.
    public init(path: String) throws(MalformedText) {
        guard Self.isDeviceFile(path[...]), let (disk, digits) = Self.cut(path[...]),
            digits.utf8.first != UInt8(ascii: "0"),
            let number = digits.decimal(), Self.numbers.contains(number)
        else {
            throw .unexpected(
                .partitionDevice, found: path, expected: "the device file of a partition, such as /dev/sda3")
        }
        self.disk = String(disk)
        self.number = number
    }

    /// `rootdev -s /usr`: one path.
    public init(rootdev output: String) throws(MalformedText) {
        try self.init(path: String(try TextBounds.small.onlyLine(of: output, as: .rootdev)))
    }

    public var path: String { Self.path(disk: disk, number: number) }

    /// The partition with that number on the same disk.
    public func sibling(number: Int) throws(MalformedText) -> PartitionDevice {
        try PartitionDevice(disk: disk, number: number)
    }

    private static func path(disk: String, number: Int) -> String {
        disk.utf8.last?.isDigit == true ? "\(disk)p\(number)" : "\(disk)\(number)"
    }

    /// Directly under `/dev`, of letters and digits alone.
    private static func isDeviceFile(_ path: Substring) -> Bool {
        guard let name = path.after("/dev/") else { return false }
        return name.utf8.count <= 32 && name.utf8.first?.isLetter == true
            && name.consists(of: { $0.isLetter || $0.isDigit })
    }

    /// Disk and digits, where the path can only be a partition's.
    private static func cut(_ path: Substring) -> (disk: Substring, digits: Substring)? {
        let stem = Substring(path.utf8.dropLast(while: \.isDigit))
        let digits = path[stem.endIndex...]
        if let disk = stem.before(suffix: "p"), disk.utf8.last?.isDigit == true { return (disk, digits) }
        // Without a `p`, digits may be the disk's own, as in `/dev/loop0`.
        let family = stem.after("/dev/") ?? stem
        guard family.consists(of: \.isLetter), !familiesNumberedByDisk.contains(family) else { return nil }
        return (stem, digits)
    }

    private static let familiesNumberedByDisk: Set<Substring> = [
        "loop", "nvme", "mmcblk", "nbd", "md", "dm", "sr", "ram", "zram", "fd", "pmem",
    ]
}

extension PartitionDevice: CustomStringConvertible {
    public var description: String { path }
}

extension Substring.UTF8View {
    fileprivate func dropLast(while predicate: (UInt8) -> Bool) -> Substring.UTF8View {
        var rest = self
        while let last = rest.last, predicate(last) { rest = rest.dropLast() }
        return rest
    }
}
