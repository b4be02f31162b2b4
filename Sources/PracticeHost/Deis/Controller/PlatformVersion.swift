/// A version of the platform, `1.13.4`.
struct PlatformVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    var major: Int
    var minor: Int
    var patch: Int

    /// Reads a version with or without a `v` before it.
    init?(_ text: some StringProtocol) {
        let parts = text.drop { $0 == "v" }.split(separator: ".", omittingEmptySubsequences: false)
            .map { Int($0) }
        guard parts.count == 3, let major = parts[0], let minor = parts[1], let patch = parts[2] else {
            return nil
        }
        self.init(major, minor, patch)
    }

    init(_ major: Int, _ minor: Int, _ patch: Int) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads the version in an image's tag, `deis/controller:v1.13.4`.
    init?(image: String) {
        guard let tag = image.split(separator: ":").last else { return nil }
        self.init(tag)
    }

    var description: String { "\(major).\(minor).\(patch)" }
    var tag: String { "v\(description)" }

    /// The version of the controller's REST API.
    var api: String {
        switch (major, minor) {
        case (1, ...9): "1.5"
        case (1, 10): "1.6"
        default: "1.7"
        }
    }

    static func < (left: PlatformVersion, right: PlatformVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
}
