#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The text before each log message (facts 1.4).
enum LogPrefix: Hashable, Sendable {
    /// `[0422/124111:INFO:update_attempter.cc(674)] `
    case chromium
    /// `I0328 12:33:05.167989   965 update_engine_client.cc:247] `
    case glog

    enum Level: String, Hashable, Sendable {
        case info = "INFO"
        case warning = "WARNING"
        case error = "ERROR"
        case fatal = "FATAL"
    }

    func text(_ level: Level, _ source: SourceLine, at time: WallClock, pid: Int32) -> String {
        let fields = time.fields
        let date = (fields.tm_mon + 1).padded(to: 2) + fields.tm_mday.padded(to: 2)
        let clock = [fields.tm_hour, fields.tm_min, fields.tm_sec].map { $0.padded(to: 2) }
        switch self {
        case .chromium:
            return "[\(date)/\(clock.joined()):\(level.rawValue):\(source.file)(\(source.line))] "
        case .glog:
            return
                "\(level.rawValue.prefix(1))\(date) \(clock.joined(separator: ":"))"
                + ".\(time.microseconds.padded(to: 6)) \(pid.padded(to: 5, with: " "))"
                + " \(source.file):\(source.line)] "
        }
    }
}

/// The place in update_engine's source that a message comes from. Line numbers differ between releases, so code must
/// not match on them.
struct SourceLine: Hashable, Sendable {
    var file: String
    var line: Int

    static func attempter(_ line: Int) -> SourceLine { SourceLine(file: "update_attempter.cc", line: line) }
    static func omaha(_ line: Int) -> SourceLine { SourceLine(file: "omaha_request_action.cc", line: line) }
    static func fetcher(_ line: Int) -> SourceLine { SourceLine(file: "libcurl_http_fetcher.cc", line: line) }
    static func processor(_ line: Int) -> SourceLine { SourceLine(file: "action_processor.cc", line: line) }
    static func client(_ line: Int) -> SourceLine { SourceLine(file: "update_engine_client.cc", line: line) }
    static func payloadState(_ line: Int) -> SourceLine { SourceLine(file: "payload_state.cc", line: line) }
}

/// The log of one process, on its standard error.
struct EngineLog: Sendable {
    var prefix: LogPrefix

    func info(_ text: String, _ source: SourceLine) { write(.info, text, source) }
    func warning(_ text: String, _ source: SourceLine) { write(.warning, text, source) }
    func error(_ text: String, _ source: SourceLine) { write(.error, text, source) }

    private func write(_ level: LogPrefix.Level, _ text: String, _ source: SourceLine) {
        StandardError.write(prefix.text(level, source, at: .now(), pid: getpid()) + text + "\n")
    }
}
