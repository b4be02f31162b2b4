import HostFiles
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// `etcd-data PROGRAM DIRECTORY`, before each start of a host's etcd: what that etcd would make of a data directory which
/// a newer one has touched.
///
/// The etcd of 2.3 and of 3.0 are one program here, with another number each, and would read everything of each other's.
enum EtcdData {
    /// The words of the real 2.3, which ends itself where 3.0 has made its database (facts 0.44).
    static let refusal = "etcdmain: experimental-v3demo cannot be disabled once it is enabled"

    static func run(_ arguments: [String]) async throws -> Int32 {
        guard arguments.count == 2 else {
            throw Failure.unusable(
                subject: "what etcd-data was given", found: arguments.joined(separator: " "),
                expected: "PROGRAM DIRECTORY")
        }
        let printed = try await Command(arguments[0], ["--version"]).output()
        guard let version = ProgramVersion(printed: printed)?.description else {
            throw Failure.unusable(
                subject: "\(arguments[0]) --version", found: printed, expected: "etcd's version")
        }
        let member = arguments[1] + "/member"
        let mark = member + "/touched-by-3"
        guard isBefore3(version) else {
            try makeDirectory(member)
            try TextFile.write(version + "\n", to: mark, mode: .ownerReadWrite)
            return 0
        }
        guard try TextFile.text(of: mark) != nil else { return 0 }
        StandardError.write(refusal + "\n")
        return 1
    }

    static func isBefore3(_ version: String) -> Bool {
        version.hasPrefix("0.") || version.hasPrefix("1.") || version.hasPrefix("2.")
    }

    private static func makeDirectory(_ path: String) throws {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw Failure.lastSystemError("make", path)
        }
    }
}
