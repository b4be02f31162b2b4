import Digest
import RolloutModel

/// A deisctl and the templates that it makes units from, as they are put on a host.
public struct DeisctlPackage: Sendable {
    public let program: [UInt8]
    /// The templates' bytes, by the name of the file.
    public let templates: [String: [UInt8]]
    /// The SHA-256 of each file, by its path in the package.
    let digests: [String: String]
    /// The digest of the whole package. No other package has the same.
    public let digest: String

    /// - Parameter templates: no more files than deisctl looks for.
    public init(program: [UInt8], templates: [String: [UInt8]]) {
        self.program = program
        self.templates = templates
        var digests = [Self.programName: SHA256.hexDigest(program)]
        for (name, bytes) in templates { digests[Self.path(ofTemplate: name)] = SHA256.hexDigest(bytes) }
        self.digests = digests
        digest = SHA256.hexDigest(Array(Self.list(digests).utf8))
    }

    static let programName = "deisctl"

    static func path(ofTemplate name: String) -> String { "units/\(name)" }

    /// The files with their bytes, by their path in the package.
    var files: [(path: String, bytes: [UInt8])] {
        [(Self.programName, program)]
            + templates.sorted { $0.key < $1.key }.map { (Self.path(ofTemplate: $0.key), $0.value) }
    }

    /// The list of digests, as `sha256sum -c` takes it.
    var list: String { Self.list(digests) }

    private static func list(_ digests: [String: String]) -> String {
        digests.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }.joined()
    }

    /// The templates' digests, by the name of the file.
    public var templateDigests: [String: String] {
        templates.mapValues { SHA256.hexDigest($0) }
    }
}
