/// Notices that the partition table of a disk was written. What is in it only cgpt tells.
struct TableWatch: Sendable {
    /// The first copy of a table lies in here, with sectors of 512 bytes and of 4,096.
    private static let bytes = 24 << 10

    private let disk: String
    private let files: HostFileAccess
    /// nil where the disk cannot be read.
    private var seen: [UInt8]?

    /// - Parameter disk: for example `/dev/sda`. What is there now counts as seen.
    init(of disk: String, files: HostFileAccess) {
        (self.disk, self.files) = (disk, files)
        seen = read()
    }

    /// False where a change cannot be noticed.
    var seesChanges: Bool { seen != nil }

    /// True if the table was written since the last look, or may have been.
    mutating func look() -> Bool {
        let before = seen
        seen = read()
        return seen == nil || seen != before
    }

    private func read() -> [UInt8]? {
        let found = (try? files.readOn(disk, 0, Self.bytes)) ?? nil
        return found.flatMap { $0.isEmpty ? nil : $0 }
    }
}
