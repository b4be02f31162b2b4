import HostFiles

/// The three methods of com.coreos.update1.Manager, as they go over the socket.
enum EngineCall: String, Hashable, Sendable {
    case attemptUpdate = "AttemptUpdate"
    case resetStatus = "ResetStatus"
    case getStatus = "GetStatus"

    static let socketPath = "/run/com.coreos.update1.socket"
    static let refused = "refused"
    static let done = "done"
}

extension EngineStatus {
    /// The reply to GetStatus, its five values in the order of the D-Bus method.
    func reply(_ era: Era) -> String {
        [
            "\(lastCheckedTime)", progress.sixDecimals, operation.rawValue, newVersion ?? era.noVersion,
            "\(newSizeBytes)",
        ].joined(separator: " ")
    }

    /// The block that the client prints, from the reply (facts 1.2).
    static func block(reply: String) -> String? {
        let values = reply.split(separator: " ")
        let keys = ["LAST_CHECKED_TIME", "PROGRESS", "CURRENT_OP", "NEW_VERSION", "NEW_SIZE"]
        guard values.count == keys.count else { return nil }
        return zip(keys, values).map { "\($0)=\($1)\n" }.joined()
    }
}

extension Double {
    /// As `%f` of a number that is not negative.
    var sixDecimals: String {
        let millionths = Int((self * 1_000_000).rounded())
        return "\(millionths / 1_000_000).\((millionths % 1_000_000).padded(to: 6))"
    }
}
