import HostFiles

/// Which releases get no more updates, as was known when this was written: a newer one is never called old.
enum ReleaseLife {
    /// The newest line of Flatcar's stable channel, and since when: every line before it was superseded by then.
    private static let flatcarStable = (major: 4593, since: "2026-04-27")
    /// Lines of Flatcar's LTS channel that are still mended; `.3` is LTS (facts 3).
    private static let flatcarLTS: Set<Int> = [4081]

    /// Why a release gets no updates; nil where it does, or that is not known.
    static func end(of version: String?, distribution: String?) -> String? {
        guard let version = version.flatMap({ ReleaseVersion($0) }) else { return nil }
        switch distribution.flatMap(Distribution.init(rawValue:)) {
        case .coreOS:
            return
                "CoreOS Container Linux has had no updates since 2020-05-26; Flatcar goes on where it ended"
        case .flatcar:
            let isLTS = version.branch == 3 && flatcarLTS.contains(version.major)
            guard version.major < flatcarStable.major, !isLTS else { return nil }
            let line = "\(version.major).\(version.branch)"
            return """
                Flatcar \(line) is no longer mended: stable went on to \(flatcarStable.major) by \(flatcarStable.since)
                """
        case nil:
            return nil
        }
    }
}
