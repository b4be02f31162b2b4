import HostFiles

/// How update_engine's log and answers changed with the images that carried it (facts 1.2, 1.4, 0.15, 0.17).
struct Era: Hashable, Sendable {
    var prefix: LogPrefix
    /// `NEW_VERSION` is filled when an update is found; before 2017 it stayed `0.0.0.0`.
    var reportsNewVersion: Bool
    /// glog's own complaint on the first line of the client of 2016.
    var complainsOfEarlyLogging: Bool

    init(version: ReleaseVersion) {
        // 1122 is the last series with Chromium's logging, 1137 the first with glog.
        prefix = version.major < 1137 ? .chromium : .glog
        reportsNewVersion = version.major >= 1235
        complainsOfEarlyLogging = prefix == .glog && !reportsNewVersion
    }

    var noVersion: String { reportsNewVersion ? "0.0.0" : "0.0.0.0" }
}
