import HostFiles

/// How update_engine's log and answers changed with the images that carried it (facts 1.2 to 1.5, 0.4, 0.15, 0.17).
struct Era: Hashable, Sendable {
    var prefix: LogPrefix
    /// `NEW_VERSION` is filled when an update is found; before 2017 it stayed `0.0.0.0`.
    var reportsNewVersion: Bool
    /// The time of the last check moves where nothing is on offer; before 2017 it stayed as it was (facts 0.53).
    var movesCheckTimeWithoutUpdate: Bool
    /// The log names the version on offer; before 2017 only the server's answer in it did (facts 0.53).
    var logsManifestVersion: Bool
    /// glog's own complaint on the first line of the client of 2016.
    var complainsOfEarlyLogging: Bool
    /// How the client ends where the engine is idle again, with or without a failure.
    var idleEnding: IdleEnding
    /// As the engine calls itself when it starts.
    var engineName: String

    enum IdleEnding: Hashable, Sendable {
        /// `Update failed.`, exit code 1.
        case failed
        /// `No update available`, exit code 0: of Flatcar, since 2021.
        case noUpdate
    }

    init(version: ReleaseVersion, distribution: Distribution = .coreOS) {
        // 1122 is the last series with Chromium's logging, 1137 the first with glog.
        prefix = version.number.major < 1137 ? .chromium : .glog
        // 1235 is the first series built in 2017.
        reportsNewVersion = version.number.major >= 1235
        movesCheckTimeWithoutUpdate = reportsNewVersion
        logsManifestVersion = reportsNewVersion
        complainsOfEarlyLogging = prefix == .glog && !reportsNewVersion
        switch distribution {
        case .coreOS:
            idleEnding = .failed
            engineName = "CoreOS Update Engine"
        case .flatcar:
            // 2905 is the first series whose images carry that client.
            idleEnding = version.number.major < 2905 ? .failed : .noUpdate
            engineName = "Flatcar Update Engine"
        }
    }

    var noVersion: String { reportsNewVersion ? "0.0.0" : "0.0.0.0" }
}
