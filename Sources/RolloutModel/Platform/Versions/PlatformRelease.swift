/// A release of Deis v1, and the CoreOS release that it was made for.
public struct PlatformRelease: Hashable, Sendable {
    public var version: PlatformVersion
    public var coreOS: CoreOSWish
    /// The version of the controller's API; nil where nobody knows the version.
    public var api: String?

    /// The CoreOS release that a release of Deis was tried with.
    public enum CoreOSWish: Hashable, Sendable, CustomStringConvertible {
        case exactly(ReleaseNumber)
        case atLeast(ReleaseNumber)

        public var description: String {
            switch self {
            case .exactly(let number): "\(number)"
            case .atLeast(let number): "\(number) or later"
            }
        }
    }
}

extension PlatformRelease {
    /// The row of a version; nil for one that the table does not have.
    public static func of(_ version: PlatformVersion) -> PlatformRelease? {
        known.first { $0.version == version }
    }

    /// Every release in the table, oldest first.
    public static let known = rows.split(separator: "\n").compactMap { PlatformRelease(row: $0) }

    /// - Parameter row: a version, a CoreOS release (with `>=` before it where later ones do as well) and an
    ///   API version.
    init?(row: Substring) {
        let fields = row.split(separator: " ")
        guard fields.count == 3, let version = PlatformVersion(fields[0]),
            let wish = CoreOSWish(fields[1])
        else { return nil }
        self.init(version: version, coreOS: wish, api: fields[2] == "?" ? nil : String(fields[2]))
    }
}

extension PlatformRelease.CoreOSWish {
    fileprivate init?(_ field: Substring) {
        let isLeast = field.hasPrefix(">=")
        guard let number = ReleaseNumber(Version(String(isLeast ? field.dropFirst(2) : field))) else {
            return nil
        }
        self = isLeast ? .atLeast(number) : .exactly(number)
    }
}
