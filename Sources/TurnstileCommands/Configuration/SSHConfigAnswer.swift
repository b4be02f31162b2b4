/// What `ssh -G NAME` prints: the user's ssh configuration, as it is for one host.
struct SSHConfigAnswer: Hashable, Sendable {
    var hostname: String
    var port: UInt16
    var user: String
    var identityFiles: [String] = []
    var identitiesOnly = false
    var userKnownHosts: [String] = []
    var globalKnownHosts: [String] = []
    var hostKeyAlias: String?
    var proxyJump: String?
    var proxyCommand: String?
    /// As written: a path, `SSH_AUTH_SOCK`, `$VARIABLE` or `none`.
    var identityAgent: String?

    /// - Parameter host: for errors.
    /// - Throws: `SSHConfigError.malformed` without a usable hostname, port or user.
    init(parsing text: String, host: String) throws(SSHConfigError) {
        var values: [String: [String]] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            guard let blank = line.firstIndex(of: " ") else { continue }
            values[line[..<blank].lowercased(), default: []].append(String(line[line.index(after: blank)...]))
        }
        func first(_ key: String) -> String? { values[key]?.first.flatMap { $0 == "none" ? nil : $0 } }
        func list(_ key: String) -> [String] {
            (values[key]?.first ?? "").split(separator: " ").map(String.init).filter { $0 != "none" }
        }
        hostname = try Self.required("hostname", first("hostname"), .address, host)
        port = try Self.required("port", first("port"), .port, host)
        user = try Self.required("user", first("user"), .user, host)
        identityFiles = (values["identityfile"] ?? []).filter { $0 != "none" }
        identitiesOnly = first("identitiesonly") == "yes"
        userKnownHosts = list("userknownhostsfile")
        globalKnownHosts = list("globalknownhostsfile")
        hostKeyAlias = first("hostkeyalias")
        proxyJump = first("proxyjump")
        proxyCommand = first("proxycommand")
        identityAgent = values["identityagent"]?.first
    }

    private static func required<Value>(
        _ key: String, _ text: String?, _ kind: ConfigurationValue<Value>, _ host: String
    ) throws(SSHConfigError) -> Value {
        guard let value = text.flatMap(kind.read) else {
            throw .malformed(host: host, key: key, found: text ?? "", expected: kind.expected)
        }
        return value
    }
}
