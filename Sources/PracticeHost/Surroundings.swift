import HostFiles

/// The surroundings of a stand-in: the running version, and what the practice script shows a host from outside.
///
/// The script keeps a directory per host bound read-only at `/usr/lib/turnstile-practice`. Settings and offers are
/// read anew each time they matter, so that a fault begins when it is asked for.
struct Surroundings: Sendable {
    static let outsidePath = "/usr/lib/turnstile-practice"

    /// VERSION_ID of the image that runs.
    var version: ReleaseVersion
    var distribution = Distribution.coreOS

    static func inside() throws -> Surroundings {
        let path = "/usr/" + OSRelease.pathUnderUsr
        guard let text = try TextFile.text(of: path) else {
            throw Failure.unusable(subject: path, found: "", expected: "an os-release")
        }
        let release = try OSRelease(text)
        guard let version = release.version, let distribution = Distribution(release) else {
            throw Failure.unusable(
                subject: "the version in \(path)", found: release.prettyName ?? "",
                expected: "one of CoreOS or Flatcar")
        }
        return Surroundings(version: version, distribution: distribution)
    }

    var era: Era { Era(version: version, distribution: distribution) }

    func settings() throws -> Settings {
        Settings(text: try TextFile.text(of: Self.outsidePath + "/settings") ?? "")
    }

    /// The server's offer for hosts of this group; nil: nothing.
    func offer(group: String) throws -> Offer? {
        // A group is text from a file anyone may edit: only a plain word can name an offer.
        guard !group.isEmpty, group.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x2D }) else {
            return nil
        }
        return try TextFile.text(of: "\(Self.outsidePath)/offers/\(group)").flatMap(Offer.init(text:))
    }
}

/// A version and the filesystem image that is its payload.
struct Offer: Hashable, Sendable {
    var version: String
    var imagePath: String

    init?(text: String) {
        let values = Assignments(text)
        guard let version = values["VERSION"], let image = values["IMAGE"] else { return nil }
        self.version = version
        imagePath = image
    }
}
