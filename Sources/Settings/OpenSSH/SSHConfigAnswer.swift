import RolloutModel
import SSH

/// The output of `ssh -G NAME`: the user's ssh configuration, as it is for one host.
struct SSHConfigAnswer: Hashable, Sendable {
    var hostname: String
    var port: UInt16
    var user: String
    var identityFiles: [String] = []
    var certificateFiles: [String] = []
    var identitiesOnly = false
    var userKnownHosts: [String] = []
    var globalKnownHosts: [String] = []
    var hostKeyAlias: String?
    var proxyJump: String?
    var proxyCommand: String?
    /// As written: a path, `SSH_AUTH_SOCK`, `$VARIABLE` or `none`.
    var identityAgent: String?
    /// The algorithms by ssh's names.
    var algorithms = SSHAlgorithms()
    /// As written: a path.
    var revokedHostKeys: String?
    var rsaBitsMin: Int?
    var checksAddress = false
    var origin = SSHOrigin()
    /// nil where the configuration has none.
    var connectTimeout: Duration?
    var loginMethods = LoginMethod.allCases
    /// True if no person may be asked for anything (`BatchMode`).
    var isBatch = false
    var acceptsNewHostKeys = false
    var hashesKnownHosts = false
    /// True if ssh read the configuration a second time, as it does for names in full and for `Match final`.
    var isReadTwice = false
    /// The value of `%C`, where it was asked for.
    var connectionDigest: String?
    /// As written.
    var knownHostsCommand: String?
    /// Settings that restrict the trust in a host in a way that turnstile cannot follow.
    var unfollowed: [SSHKeyword.Setting] = []

    /// - Parameter host: for errors.
    /// - Throws: `SSHConfigError.malformed` without a usable hostname, port or user.
    init(parsing text: String, host: String) throws(SSHConfigError) {
        var values: [String: [String]] = [:]
        // Only LF ends a line; a path may contain other line separators.
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            guard let blank = line.firstIndex(of: UInt8(ascii: " ")) else { continue }
            values[Substring(line[..<blank]).lowercased(), default: []].append(
                String(Substring(line[line.index(after: blank)...])))
        }
        func first(_ key: String) -> String? { values[key]?.first.flatMap { $0 == "none" ? nil : $0 } }
        func list(_ key: String) -> [String] { SSHPathList.paths(values[key]?.first ?? "") }
        hostname = try Self.required("hostname", first("hostname"), .address, host)
        port = try Self.required("port", first("port"), .port, host)
        user = try Self.required("user", first("user"), .user, host)
        identityFiles = (values["identityfile"] ?? []).filter { $0 != "none" }
        certificateFiles = (values["certificatefile"] ?? []).filter { $0 != "none" }
        identitiesOnly = first("identitiesonly") == "yes"
        userKnownHosts = list("userknownhostsfile")
        globalKnownHosts = list("globalknownhostsfile")
        hostKeyAlias = first("hostkeyalias")
        proxyJump = first("proxyjump")
        proxyCommand = first("proxycommand")
        identityAgent = values["identityagent"]?.first
        algorithms = SSHAlgorithms(answer: values)
        revokedHostKeys = first("revokedhostkeys")
        rsaBitsMin = first("requiredrsasize").flatMap(Int.init)
        checksAddress = first("checkhostip") == "yes"
        origin = SSHOrigin(
            family: first("addressfamily").flatMap(SSHOrigin.Family.init) ?? .any,
            address: first("bindaddress"), interface: first("bindinterface"))
        connectTimeout = first("connecttimeout").flatMap(Double.init).flatMap {
            Duration(seconds: $0, in: .seconds(1) ... .seconds(86_400))
        }
        loginMethods = LoginMethod.allowed(by: values)
        isBatch = first("batchmode") == "yes"
        acceptsNewHostKeys = first("stricthostkeychecking") == "accept-new"
        hashesKnownHosts = first("hashknownhosts") == "yes"
        isReadTwice = values["sendenv"]?.contains(SSHConfigQuestion.markOfSecondReading) == true
        connectionDigest = first("controlpath").flatMap { $0.allSatisfy(\.isHexDigit) ? $0 : nil }
        knownHostsCommand = first("knownhostscommand")
        unfollowed = SSHKeyword.unfollowed(in: values)
    }

    /// The hosts through which this one is reached, the one that is connected to first in front.
    ///
    /// - Parameter tokens: of the host itself.
    func jumps(of host: String, _ tokens: SSHTokens) throws(SSHConfigError) -> [SSHJump] {
        guard let proxyJump else { return [] }
        guard let text = tokens.proxyJump(proxyJump), let jumps = SSHJump.list(text) else {
            throw .jumpUnreadable(host: host, value: proxyJump)
        }
        return jumps
    }

    /// The value of `%j`: the host of ProxyJump next to this one, as written; empty where there is none.
    var jumpHost: String { proxyJump.flatMap(SSHJump.list)?.last?.host ?? "" }

    private static func required<Value>(
        _ key: String, _ text: String?, _ kind: ConfigurationValue<Value>, _ host: String
    ) throws(SSHConfigError) -> Value {
        guard let value = text.flatMap(kind.read) else {
            throw .malformed(host: host, key: key, found: text ?? "", expected: kind.expected)
        }
        return value
    }
}
