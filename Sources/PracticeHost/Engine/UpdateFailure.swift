/// Why an attempt ended without an update; the code and name are update_engine's (facts 1.6).
enum UpdateFailure: Error, Hashable, Sendable {
    /// No answer, or an HTTP status of failure: the one code for both.
    case omahaErrorInHTTPResponse
    case omahaResponseIsNoXML
    case downloadWrite(reason: String)
    case payloadHashMismatch
    case postinst

    var code: Int {
        switch self {
        case .omahaErrorInHTTPResponse: 37
        case .omahaResponseIsNoXML: 31
        case .downloadWrite: 14
        case .payloadHashMismatch: 10
        case .postinst: 5
        }
    }

    var name: String {
        switch self {
        case .omahaErrorInHTTPResponse: "kActionCodeOmahaErrorInHTTPResponse"
        case .omahaResponseIsNoXML: "kActionCodeOmahaRequestXMLParseError"
        case .downloadWrite: "kActionCodeDownloadWriteError"
        case .payloadHashMismatch: "kActionCodePayloadHashMismatchError"
        case .postinst: "kActionCodePostinstallRunnerError"
        }
    }

    /// The action that fails with it.
    var action: String {
        switch self {
        case .omahaErrorInHTTPResponse, .omahaResponseIsNoXML: "OmahaRequestAction"
        case .downloadWrite, .payloadHashMismatch: "DownloadAction"
        case .postinst: "PostinstallRunnerAction"
        }
    }
}
