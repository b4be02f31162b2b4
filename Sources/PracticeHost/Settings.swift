/// How a practice host differs from a real one: its times are scaled, and some things are made to fail.
struct Settings: Hashable, Sendable {
    /// By which every time of the engine is multiplied.
    var timeScale = 1.0
    /// How long each cgpt call of set-good takes on top, in seconds, unscaled: a slow disk.
    var setGoodDelaySeconds = 0.0
    var setGoodFails = false
    var updateServerIsDown = false
    var payloadIsCorrupt = false
    var postinstFails = false

    /// `KEY=value` lines as the practice script writes them; a key it does not write keeps its default.
    init(text: String) {
        let values = Assignments(text)
        timeScale = values["TIME_SCALE"].flatMap(Double.init) ?? timeScale
        setGoodDelaySeconds = values["SETGOOD_DELAY"].flatMap(Double.init) ?? setGoodDelaySeconds
        setGoodFails = values["SETGOOD_FAIL"] != nil
        updateServerIsDown = values["UPDATE_SERVER_DOWN"] != nil
        payloadIsCorrupt = values["PAYLOAD_CORRUPT"] != nil
        postinstFails = values["POSTINST_FAIL"] != nil
    }

    func scaled(seconds: Double) -> Duration { .seconds(seconds * timeScale) }
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
}
