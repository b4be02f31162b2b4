/// The version of the programs that are built from this source tree.
public enum TurnstileVersion {
    /// `1.2.3`; in a package of a commit of no release, `1.2.3+COMMITS.gCOMMIT`, which `Scripts/package` puts here.
    public static let text = "0.1.0"
}
