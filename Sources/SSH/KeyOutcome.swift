/// How the trial of a key ended.
enum KeyOutcome: Sendable {
    case accepted
    /// By the server, or by what may be offered to it; the same key need not be tried again from elsewhere.
    case refused(String, remedy: String? = nil)
    /// The server asked for a signature and then did not let us in.
    case signatureRefused
    /// The key was not read, or signed nothing.
    case failed(String)

    static let refusedByServer = KeyOutcome.refused("refused by the server")

    init(_ objection: KeyObjection) { self = .refused(objection.description, remedy: objection.remedy) }
}
