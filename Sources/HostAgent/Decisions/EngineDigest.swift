import HostFiles

/// What matters of the engine's log of one attempt, however long that log is.
struct EngineDigest: Hashable, Sendable {
    /// `Omaha Response manifest version`, the last one.
    var offered: String?
    /// The server was asked and said no.
    var saidNoUpdate = false
    /// An attempt ended in an error event.
    var failed = false
    /// The server offers, and the engine waits before it tries again.
    var backsOff = false
    /// The last error code with its name, for example `37 (kActionCodeOmahaErrorInHTTPResponse)`.
    var errorCode: String?
    /// journalctl read all that there was to be read.
    var isWhole = false
    /// The last thing that the engine itself called an error.
    var complaint: String?

    init() {}

    /// Takes a line of `journalctl -o json`; others are passed over.
    mutating func take(_ line: String) {
        guard let message = (try? JournalEntry(line: line))?.message else { return }
        take(message: message)
    }

    mutating func take(message: String) {
        if let line = EngineLogLine(message), line.level == .error || line.level == .fatal {
            // The verdict at the end says less than what led to it.
            if EngineLogEvent(line) != .updateFailed { complaint = line.text }
        }
        switch EngineLogEvent(message: message) {
        case .offered(let version): offered = version
        case .noUpdate: saidNoUpdate = true
        case .updateFailed: failed = true
        case .payloadBackoff: backsOff = true
        case .errorCode(let code, let name): errorCode = "\(code) (\(name))"
        case .postinstallAborted(let message): complaint = message
        default: break
        }
    }

    /// The cause of a failure in the engine's own words.
    var cause: String {
        let parts = [complaint, errorCode.map { "error code \($0)" }].compactMap(\.self)
        return parts.isEmpty ? "its log names no cause" : parts.joined(separator: ", ")
    }
}
