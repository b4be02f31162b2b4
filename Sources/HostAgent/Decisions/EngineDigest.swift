import HostFiles

/// The facts that the agent needs from the engine's log, in constant space.
struct EngineDigest: Hashable, Sendable {
    /// The last version on offer.
    var offered: String?
    /// True if an update was offered or came, so that the other partition may have been written to, even if no version
    /// was told.
    var sawOffer = false
    /// True if journalctl read the whole log.
    var isWhole = false
    /// The last attempt.
    var attempt = EngineAttempt()

    init() {}

    /// Takes a line of `journalctl -o json`; others are passed over.
    mutating func take(_ line: String) {
        guard let message = (try? JournalEntry(line: line))?.message else { return }
        take(message: message)
    }

    /// A message of several lines is taken line by line, as journald has most of them.
    mutating func take(message: String) {
        for line in message.split(separator: "\n") { take(text: String(line)) }
    }

    private mutating func take(text: String) {
        if let version = OmahaManifest.version(in: text) { sawOffer(of: version) }
        let event = EngineLogEvent(message: text)
        switch event {
        case .actionProcessorStart: attempt = EngineAttempt()
        case .offered(let version): sawOffer(of: version)
        case .payloadSize, .downloaded, .slotArmed, .updateApplied:
            (sawOffer, attempt.sawOffer) = (true, true)
        default: break
        }
        attempt.take(text, event)
    }

    private mutating func sawOffer(of version: String) {
        (offered, attempt.offered) = (version, version)
        (sawOffer, attempt.sawOffer) = (true, true)
    }

    /// The cause of a failure in the engine's own words.
    var cause: String { attempt.cause }
}
