import HostFiles

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Debian's cgpt: moved aside inside a host, in its usual place outside.
enum RealCgpt {
    static let path = isInstalled(movedAsidePath) ? movedAsidePath : "/usr/bin/cgpt"
    private static let movedAsidePath = "/usr/bin/cgpt.debian"
    private static func isInstalled(_ path: String) -> Bool { access(path, X_OK) == 0 }

    static func command(_ arguments: [String]) -> Command { Command(path, arguments) }

    /// `-A`: all attribute bits from 48 up, in one number: four of priority, four of tries, one of success.
    static func attributes(of partition: PartitionDevice) async throws -> PartitionAttributes {
        let output = try await command(["show", "-i", "\(partition.number)", "-A", partition.disk]).output()
        // Beside the answer there are warnings where a copy of the table is damaged, or just being written.
        let lines = output.split(separator: "\n")
        guard let attributes = lines.lazy.compactMap({ PartitionAttributes(bits: String($0)) }).first else {
            throw Failure.unusable(
                subject: "the attributes of \(partition.path)", found: output,
                expected: "a number such as 0x101")
        }
        return attributes
    }

    static func set(_ attributes: PartitionAttributes, of partition: PartitionDevice) async throws {
        try await command([
            "add", "-i", "\(partition.number)", "-P", "\(attributes.priority)", "-T", "\(attributes.tries)",
            "-S", attributes.successful ? "1" : "0", partition.disk,
        ]).output()
    }

    /// The partitions that hold a /usr, in the order of the table; none is an answer too.
    static func usrPartitions(of disk: String) async throws -> [PartitionDevice] {
        let found = try await command(["find", "-t", PartitionType.usr.rawValue, disk]).run()
        let paths = found.output.split(separator: "\n").filter { $0.hasPrefix("/") }
        return try paths.map { try PartitionDevice(path: String($0)) }
    }
}

extension PartitionAttributes {
    /// From cgpt's `-A`: hexadecimal, with or without `0x`.
    init?(bits output: String) {
        let text = output.trimmedEnd
        guard let bits = UInt(text.hasPrefix("0x") ? text.dropFirst(2) : text[...], radix: 16) else {
            return nil
        }
        self.init(
            priority: Int(bits & 0xF), tries: Int(bits >> 4 & 0xF), successful: bits >> 8 & 1 == 1)
    }
}
