/// How the deisctl of a version behaves, where versions differ.
struct DeisctlManner: Hashable, Sendable {
    var version: PlatformVersion

    /// What runs where nothing says otherwise.
    static let newest = DeisctlManner(version: PlatformVersion(1, 13, 4))

    private func isAtLeast(_ major: Int, _ minor: Int) -> Bool {
        (version.major, version.minor) >= (major, minor)
    }

    /// Before 1.9 one printer took all lines by turns: errors were lines among them, and it ended with the first error.
    /// Who wanted to print after that waited for ever.
    var endsPrintingWithAnError: Bool { !isAtLeast(1, 9) }

    /// Before 1.9 a unit that failed while starting was waited for, for ever.
    var noticesFailure: Bool { isAtLeast(1, 9) }

    /// `upgrade-prep`, `upgrade-takeover`, `rolling-restart` and the size of the router mesh.
    var hasGracefulUpgrade: Bool { isAtLeast(1, 9) }

    /// `--stateless` of the two. Before it, takeover installs and starts everything, the routers, too.
    var hasStatelessUpgrade: Bool { isAtLeast(1, 11) }

    /// `install stateless-platform`.
    var hasStatelessPlatform: Bool { isAtLeast(1, 10) }

    /// A name of a unit stands for all that begin with it; before 1.9, for all that have it in them.
    var matchesUnitsByPrefix: Bool { isAtLeast(1, 9) }

    var routerWords: String { isAtLeast(1, 9) ? "Router mesh..." : "Routing mesh..." }

    var startEnding: String {
        isAtLeast(1, 10)
            ? " \nPlease set up an administrative account. See 'deis help register'\n"
            : "\nPlease use `deis register` to setup an administrator account.\n"
    }

    /// Between `Done.` and what to do next.
    var blankLine: String { isAtLeast(1, 10) ? " " : "" }
}
