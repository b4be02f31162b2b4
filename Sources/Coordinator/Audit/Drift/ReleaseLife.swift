import HostFiles
import RolloutModel

/// Tells from the table of releases which releases get no more updates. A release newer than the table is never called
/// old.
enum ReleaseLife {
    /// The first release of Flatcar's newest stable line: every line before it was superseded by then.
    private static let flatcarStable = ReleaseTable.known.newestLine(of: .flatcar, in: "stable").first
    /// The line of Flatcar's LTS channel that still gets updates.
    private static let flatcarLTS = ReleaseTable.known.newestLine(of: .flatcar, in: "lts").first

    /// The reason why a release gets no updates; nil where it does, or that is not known.
    static func end(of version: String?, distribution: String?) -> String? {
        guard let version = version.flatMap({ ReleaseVersion($0)?.number }) else { return nil }
        switch distribution.flatMap(Distribution.init(rawValue:)) {
        case .coreOS:
            return
                "CoreOS Container Linux has had no updates since 2020-05-26; Flatcar goes on where it ended"
        case .flatcar:
            guard let stable = flatcarStable, version.major < stable.number.major else { return nil }
            // `.3` is LTS (facts 3).
            guard version.branch != 3 || version.major != flatcarLTS?.number.major else { return nil }
            let line = "\(version.major).\(version.branch)"
            return """
                Flatcar \(line) is no longer mended: stable went on to \(stable.number.major) by \(stable.date)
                """
        case nil:
            return nil
        }
    }
}
