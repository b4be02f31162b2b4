import HostFiles

/// The differences of a practice host from a real one: its times are scaled, and some steps are made to fail.
struct Settings: Hashable, Sendable {
    /// The factor by which every time of the engine is multiplied.
    var timeScale = 1.0
    /// The extra time of each cgpt call of set-good, unscaled: a slow disk.
    var setGoodDelay = Duration.zero
    var setGood = SetGoodFault.none
    var server = ServerFault.none
    var payloadIsCorrupt = false
    var postinstFails = false
    /// The operation at which the engine stays for as long as this is set.
    var engineSticksAt: EngineOperation?
    var engineCrash = EngineCrash.none
    /// The time for which update_engine_client is silent before it does anything, unscaled.
    var clientSilence = Duration.zero

    enum ServerFault: String, CaseIterable, Hashable, Sendable {
        case none
        /// No server listens there.
        case down
        /// HTTP 500
        case error
        /// HTTP 200 and no XML.
        case nonsense
        /// The server offers hosts the version that they run already.
        case running
    }

    enum SetGoodFault: String, CaseIterable, Hashable, Sendable {
        case none
        case fail
        /// The program never ends by itself.
        case hang
        /// The program works, and the engine does not log it.
        case silent
        /// The engine never gets to the program.
        case never
    }

    enum EngineCrash: Hashable, Sendable {
        case none
        case atStart
        case at(EngineOperation)
    }

    /// Parses `KEY=value` lines as the practice script writes them; a missing key keeps its default.
    init(text: String) {
        let values = Assignments(text)
        timeScale = values["TIME_SCALE"].flatMap(Double.init) ?? timeScale
        setGoodDelay = values.time("SETGOOD_DELAY") ?? setGoodDelay
        setGood = values["SETGOOD"].flatMap(SetGoodFault.init) ?? setGood
        server = values["SERVER"].flatMap(ServerFault.init) ?? server
        payloadIsCorrupt = values["PAYLOAD_CORRUPT"] != nil
        postinstFails = values["POSTINST_FAIL"] != nil
        engineSticksAt = values["ENGINE_STUCK"].flatMap(EngineOperation.init(shortName:))
        if let crash = values["ENGINE_CRASHES"] {
            engineCrash = EngineOperation(shortName: crash).map { .at($0) } ?? .atStart
        }
        clientSilence = values.time("CLIENT_HANGS") ?? clientSilence
    }

    func scaled(_ time: Duration) -> Duration { time * timeScale }
}

extension EngineOperation {
    /// `DOWNLOADING`
    init?(shortName: String) { self.init(rawValue: "UPDATE_STATUS_" + shortName) }
}

/// `KEY=value` lines; the last of a key wins.
struct Assignments: Hashable, Sendable {
    private var values: [Substring: Substring] = [:]

    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            values[parts[0]] = parts[1]
        }
    }

    subscript(key: Substring) -> String? { values[key].map(String.init) }

    /// A number of seconds; nil where there is none.
    func time(_ key: Substring) -> Duration? { self[key].flatMap(Double.init).map { Duration(clamping: $0) } }
}
