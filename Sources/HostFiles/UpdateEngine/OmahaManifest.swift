/// The version on offer, in the answer of an update server as the engine logs it: engines of 2016 say it nowhere else
/// (facts 0.53).
public enum OmahaManifest {
    /// nil for a text that offers nothing.
    public static func version(in text: String) -> String? {
        guard let (_, rest) = text[...].split(atFirst: "<manifest version=\""),
            let (version, _) = rest.split(atFirst: "\""), ReleaseVersion(String(version)) != nil
        else { return nil }
        return String(version)
    }
}
