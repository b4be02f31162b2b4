import HostFiles
import SystemPackage

/// The new image's own last step: puts its kernel beside the one that runs, and arms its partition for one try (facts
/// 1.7).
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
        guard try await suits(arguments[1]), try await copyKernel(to: partition) else { return 1 }
        let number = "\(partition.number)"
        try await cgpt(["repair", partition.disk])
        try await cgpt(["add", "-i", number, "-S0", "-T1", partition.disk])
        try await cgpt(["prioritize", "-i", number, partition.disk])
        try await cgpt(["show", "-i", number, partition.disk])
        let label = try await Command("/usr/bin/cgpt", ["show", "-i", number, "-l", partition.disk]).output()
        // kured looks for it (facts 0.56).
        if surroundings.distribution == .flatcar {
            try TextFile.write(
                "", to: "/run/reboot-required", mode: [.ownerReadWrite, .groupRead, .otherRead])
        }
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

    /// A Flatcar of 4187 and later does not go onto a host with cgroup v1 (facts 0.14).
    private func suits(_ version: String) async throws -> Bool {
        guard surroundings.distribution == .flatcar, let target = ReleaseVersion(version),
            let first = ReleaseVersion("4187.0.0"), target >= first
        else { return true }
        let type = try await Command("/usr/bin/stat", ["-f", "-c", "%T", "/sys/fs/cgroup"]).output()
        guard type.trimmedEnd != "cgroup2fs" else { return true }
        StandardError.write("Flatcar \(version) does not support cgroupv1 anymore. Aborting the update...\n")
        return false
    }

    /// All images have the same kernel here: the running one's.
    private func copyKernel(to partition: PartitionDevice) async throws -> Bool {
        let names = partition.number == 3 ? ("b", "a") : ("a", "b")
        let kernel = "/boot/\(surroundings.distribution.rawValue)/vmlinuz-"
        let copy = try await Command("/usr/bin/cp", ["-v", kernel + names.0, kernel + names.1]).run()
        StandardOutput.write(copy.output)
        return copy.succeeded
    }

    private func cgpt(_ arguments: [String]) async throws {
        StandardOutput.write(try await Command("/usr/bin/cgpt", arguments).output())
    }
}
