import HostFiles

/// An attempt of the engine to update, read from its log, and the cause of its failure.
///
/// The first complaint is the cause, with the output of the engine's child. Complaints after the attempt has failed are
/// about reporting the failure (facts 0.52).
struct EngineAttempt: Hashable, Sendable {
    var offered: String?
    var sawOffer = false
    /// True if the server was asked and offered nothing.
    var saidNoUpdate = false
    /// True if the attempt ended in an error event.
    var failed = false
    /// True if the server offers an update and the engine waits before it tries again.
    var backsOff = false
    /// The end of that wait, in the engine's words.
    var backsOffUntil: String?
    /// The error code with its name, for example `37 (kActionCodeOmahaErrorInHTTPResponse)`.
    var errorCode: String?
    /// The first message that the engine itself logged as an error.
    var complaint: String?

    /// The error of the last transfer; nil if it went well.
    private var transfer: String?
    private var fatal: String?
    private var childStatus: Int32?
    private var childLines: [String] = []
    private var childSpeaks = false

    private static let linesMax = 3
    private static let lineCharactersMax = 200

    init() {}

    /// - Parameters:
    ///   - text: one line of the log.
    ///   - event: the event that the line tells.
    mutating func take(_ text: String, _ event: EngineLogEvent?) {
        if let line = EngineLogLine(text) {
            childSpeaks = event == .subprocessOutput
            if childSpeaks {
                childLines = []
                hearChild(line.text.dropFirst("Subprocess output:".count))
            }
            if line.level == .fatal { fatal = Self.short(line.text[...]) }
            if line.level == .error, !failed, Self.isComplaint(event) {
                complaint = complaint ?? Self.short(line.text[...])
            }
        } else if childSpeaks {
            hearChild(text[...])
        }
        take(event)
    }

    private mutating func take(_ event: EngineLogEvent?) {
        switch event {
        case .noUpdate: saidNoUpdate = true
        case .updateFailed: failed = true
        case .payloadBackoff: backsOff = true
        case .backsOffUntil(let time): (backsOff, backsOffUntil) = (true, Self.short(time[...]))
        case .errorCode(let code, let name): errorCode = errorCode ?? "\(code) (\(Self.short(name[...])))"
        case .subprocessStatus(let status): childStatus = status
        case .httpResponse(let code) where !failed:
            transfer = (200..<300).contains(code) ? nil : "HTTP response code \(code)"
        case .httpFailed(let reason) where !failed: transfer = Self.short(reason[...])
        case .postinstallAborted(let message) where childLines.isEmpty:
            complaint = complaint ?? Self.short(message[...])
        default: break
        }
    }

    private mutating func hearChild(_ line: Substring) {
        guard line.contains(where: { !$0.isWhitespace }) else { return }
        // The last words count.
        childLines = childLines.suffix(Self.linesMax - 1) + [Self.short(line)]
    }

    /// The verdict at the end says less than what led to it; transfers are tried again, and judged by the last.
    private static func isComplaint(_ event: EngineLogEvent?) -> Bool {
        switch event {
        case .updateFailed, .failureReported, .httpFailed: false
        default: true
        }
    }

    private static func short(_ text: Substring) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return String(words.prefix(lineCharactersMax))
    }

    /// The words of a child that failed: of postinst, mostly.
    private var childWords: String? {
        guard childStatus != nil, !childLines.isEmpty else { return nil }
        return childLines.joined(separator: "; ")
    }

    /// The cause of a failure in the engine's own words.
    var cause: String {
        let child = childWords
        let parts = [
            fatal, child, complaint, child == nil ? transfer : nil, errorCode.map { "error code \($0)" },
        ].compactMap(\.self)
        return parts.isEmpty ? "its log names no cause" : parts.joined(separator: ", ")
    }
}
