#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `config TARGET get|set|rm WORD…`: the keys `/deis/TARGET/KEY`, without a TTL.
struct ConfigCommand: Sendable {
    let console: DeisctlConsole
    let manner: DeisctlManner
    let keys: DeisctlKeys

    enum Action: String, Hashable, Sendable {
        case get, set, rm
    }

    /// The settings that take the path of a file, and keep its text in base64.
    private static let pathsInBase64 = ["platform/sshPrivateKey"]
    /// The settings that take the path of a file, and keep its text as it is.
    private static let paths = ["router/sslCert", "router/sslKey", "router/sslDhparam"]

    /// Prints nothing unless all of it was done.
    func run(_ target: String, _ action: Action, _ words: [String]) throws(DeisctlError) {
        var values: [String] = []
        for word in words {
            switch action {
            case .get: values.append(try keys.get("/deis/\(target)/\(word)"))
            case .set: values.append(try set(target, word))
            case .rm: try keys.delete("/deis/\(target)/\(word)")
            }
        }
        for value in values { console.out(value + "\n") }
    }

    private func set(_ target: String, _ word: String) throws(DeisctlError) -> String {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw DeisctlError(
                manner.hasGracefulUpgrade
                    ? "'\(word)' does not match the pattern 'key=var', ex: foo=bar\n"
                    : "invalid argument: \(word)")
        }
        return try keys.set(
            "/deis/\(target)/\(parts[0])", value(of: "\(target)/\(parts[0])", given: parts[1]))
    }

    private func value(of key: String, given: String) throws(DeisctlError) -> String {
        guard (Self.paths + Self.pathsInBase64).contains(key) else { return given }
        guard let bytes = try? TextFile.bytes(of: given) else {
            throw DeisctlError("open \(given): no such file or directory")
        }
        return Self.pathsInBase64.contains(key)
            ? Data(bytes).base64EncodedString() : String(decoding: bytes, as: UTF8.self)
    }
}
