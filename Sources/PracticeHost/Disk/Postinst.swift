import HostFiles

/// The new image's own last step: arms its partition for one try (facts 1.7).
struct Postinst: Sendable {
    var surroundings: Surroundings

    static let path = Surroundings.outsidePath + "/practice-host"

    /// `coreos-postinst DEVICE VERSION`
    func run(_ arguments: [String]) async throws -> Int32 {
        guard arguments.count == 2 else {
            throw Failure.unusable(
                subject: "the command line", found: arguments.joined(separator: " "),
                expected: "DEVICE VERSION")
        }
        let partition = try PartitionDevice(path: arguments[0])
        guard try !surroundings.settings().postinstFails else {
            StandardError.write(
                "cp: cannot create regular file '/boot/coreos/vmlinuz-b': No space left on device\n")
            return 1
        }
        let number = "\(partition.number)"
        try await cgpt(["repair", partition.disk])
        try await cgpt(["add", "-i", number, "-S0", "-T1", partition.disk])
        try await cgpt(["prioritize", "-i", number, partition.disk])
        try await cgpt(["show", "-i", number, partition.disk])
        let label = try await Command("/usr/bin/cgpt", ["show", "-i", number, "-l", partition.disk]).output()
        let name = surroundings.distribution.rawValue.uppercased()
        StandardOutput.write(
            """
            \(name)_RELEASE_VERSION=\(arguments[1])
            \(name)_RELEASE_BOARD=amd64-usr
            \(name)_RELEASE_APPID={e96281a6-d1af-4bde-9a0a-97b76e56dc57}
            Setup \(label.trimmedEnd) (\(partition.path)) for next boot.

            """)
        return 0
    }

    private func cgpt(_ arguments: [String]) async throws {
        StandardOutput.write(try await Command("/usr/bin/cgpt", arguments).output())
    }
}
