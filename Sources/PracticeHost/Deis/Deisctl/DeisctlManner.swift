/// The behaviour of a version of deisctl, where versions differ.
struct DeisctlManner: Hashable, Sendable {
    var version: PlatformVersion

    /// The manner of the version that runs by default.
    static let newest = DeisctlManner(version: PlatformVersion(1, 13, 4))

    private func isAtLeast(_ major: Int, _ minor: Int) -> Bool {
        (version.major, version.minor) >= (major, minor)
    }

    /// deisctl before 1.9 had one printer for all lines: errors were lines among them, and the first error ended it.
    /// Every later line waited for ever.
    var endsPrintingWithAnError: Bool { !isAtLeast(1, 9) }

    /// deisctl before 1.9 waited for ever for a unit that failed while starting.
    var noticesFailure: Bool { isAtLeast(1, 9) }

    /// `upgrade-prep`, `upgrade-takeover`, `rolling-restart` and the size of the router mesh.
    var hasGracefulUpgrade: Bool { isAtLeast(1, 9) }

    /// `--stateless` of the two. An older takeover installs and starts everything, the routers, too.
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

    /// The line between `Done.` and the words on the next step.
    var blankLine: String { isAtLeast(1, 10) ? " " : "" }
}
