extension KeyCertificate {
    /// Why no server takes it now for a login; nil while one may.
    ///
    /// - Parameter now: in seconds since 1970.
    func objection(at now: UInt64) -> String? {
        if purpose != .user { return "it is a host's certificate, not a user's" }
        if now < validAfter { return "the certificate is not valid before \(UTCTime.text(validAfter))" }
        if now >= validBefore { return "the certificate expired at \(UTCTime.text(validBefore))" }
        return nil
    }

    /// Why it may not have let the user in, where that can be told.
    func doubt(about user: String) -> String? {
        guard !principals.contains(user) else { return nil }
        return principals.isEmpty
            ? "the certificate names no principal"
            : "the certificate is for \(principals.map { "'\($0)'" }.joined(separator: ", ")), not for '\(user)'"
    }
}
