import Foundation
import Reports
import RolloutJournal

extension JournalListener {
    /// Prints every line of the journal, once it is durable. Characters that a terminal must not get are escaped as JSON
    /// escapes them; the digest of such a line is that of the journal's own bytes.
    ///
    /// A reader that takes too little is told by `{"dropped":12}` how many entries are missing at that place.
    ///
    /// - Parameter output: may block for ever.
    static func printing(to output: FileHandle) -> JournalListener {
        let aside = Aside()
        return JournalListener(
            DeliveryTerms(
                name: "the reader of the entries", room: .items(entriesWaitingMax),
                trouble: { error in
                    """
                    The entries cannot be written to standard output: \(error.localizedDescription) The rollout goes on \
                    without. 'turnstile history' prints them later.
                    """
                }),
            from: (), resumed: { _, _ in }, appended: { _, line in [line] },
            tell: { delivery in try await aside.run { try output.take(text(delivery)) } })
    }

    /// So many entries wait for a reader; a host's upgrade is about twenty.
    static let entriesWaitingMax = 1000

    private static func text(_ delivery: Delivery<[UInt8]>) -> String {
        switch delivery {
        case .item(let line): JSONText.escaped(String(decoding: line, as: UTF8.self))
        case .dropped(let count): "{\"dropped\":\(count)}\n"
        }
    }
}
