/// The files and defaults in which the two systems differ.
extension Distribution {
    /// nil for any other system.
    public init?(_ release: OSRelease) {
        self.init(rawValue: release.id ?? "")
    }

    /// The file an operator edits (facts 2). `/etc/coreos` may be a link to `/etc/flatcar` on Flatcar.
    public var updateConfigurationPath: String { "/etc/\(rawValue)/update.conf" }

    /// Where update_engine looks for a key, first file that has it first (facts 2).
    public var updateConfigurationSearchPaths: [String] {
        [updateConfigurationPath, "/usr/share/\(rawValue)/update.conf", "/usr/share/\(rawValue)/release"]
    }

    /// The group of a host on which no file names one (facts 2).
    public var defaultGroup: String { "stable" }

    /// The server of a host on which no file names one (facts 2).
    public var defaultServer: String {
        switch self {
        case .coreOS: "https://public.update.core-os.net/v1/update/"
        case .flatcar: "https://public.update.flatcar-linux.net/v1/update/"
        }
    }

    /// The script that marks the running partition good (facts 1.5).
    public var setGoodRootPath: String { "/usr/sbin/\(rawValue)-setgoodroot" }
}
