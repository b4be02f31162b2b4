/// Why an attempt ended without an update; the code and name are update_engine's (facts 1.6).
enum UpdateFailure: Error, Hashable, Sendable {
    case omahaDidNotAnswer
    case downloadWrite(reason: String)
    case payloadHashMismatch
    case postinst

    var code: Int {
        switch self {
        case .omahaDidNotAnswer: 37
        case .downloadWrite: 14
        case .payloadHashMismatch: 10
        case .postinst: 5
        }
    }

    var name: String {
        switch self {
        case .omahaDidNotAnswer: "kActionCodeOmahaErrorInHTTPResponse"
        case .downloadWrite: "kActionCodeDownloadWriteError"
        case .payloadHashMismatch: "kActionCodePayloadHashMismatchError"
        case .postinst: "kActionCodePostinstallRunnerError"
        }
    }

    /// The action that fails with it.
    var action: String {
        switch self {
        case .omahaDidNotAnswer: "OmahaRequestAction"
        case .downloadWrite, .payloadHashMismatch: "DownloadAction"
        case .postinst: "PostinstallRunnerAction"
        }
    }
}
