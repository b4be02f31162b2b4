import SSH

/// The hosts that an ssh configuration can tell apart, by its `Host` lines. Hosts that match the same patterns get the
/// same answer, apart from their name. The answer itself comes from ssh.
package struct SSHConfigScope: Hashable, Sendable {
    /// Hosts with the same answer.
    struct Class: Hashable, Sendable {
        /// The indices of the wildcards that match.
        fileprivate var wildcards: [Int]
    }

    /// True if the configuration may tell hosts apart by something that is not followed here.
    private(set) var isOpaque = false
    private var literals: Set<String> = []
    private var wildcards: [[UInt8]] = []
    /// The values of HostName in the configuration.
    private var addresses: Set<String> = []

    /// The scope of a configuration that could not be followed.
    static let opaque = {
        var scope = SSHConfigScope()
        scope.isOpaque = true
        return scope
    }()

    /// - Parameter included: returns the texts of the files that an `Include` names; nil where they cannot be
    ///   determined.
    init(_ texts: [String] = [], included: (String) -> [String]? = { _ in nil }) {
        read(texts, depth: 0, included)
    }

    /// A copy with the options of one host in front.
    func behind(_ options: SSHOptions) -> SSHConfigScope {
        var scope = self
        scope.read(options.settings, depth: 0) { _ in nil }
        return scope
    }

    /// The class of a name; nil where ssh must be asked about this very name.
    func kind(of name: String) -> Class? {
        // ssh rewrites upper case and IPv6 addresses.
        guard !isOpaque, !literals.contains(name),
            name.utf8.allSatisfy({ $0 != UInt8(ascii: ":") && !(UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0) }
            )
        else { return nil }
        let bytes = Array(name.utf8)
        return Class(wildcards: wildcards.indices.filter { Glob.matches(wildcards[$0], bytes) })
    }

    /// The answer about one host, derived from that about another host of its class; nil where it cannot be derived.
    func answer(_ answer: SSHConfigAnswer, about other: String, for name: String) -> SSHConfigAnswer? {
        var answer = answer
        switch (answer.hostname == other, addresses.contains(answer.hostname)) {
        case (true, false): answer.hostname = name
        case (false, true): break
        default: return nil
        }
        return answer
    }

    private mutating func read(_ texts: [String], depth: Int, _ included: (String) -> [String]?) {
        // ssh follows up to sixteen levels.
        guard depth <= 16 else { return isOpaque = true }
        for line in texts.lazy.flatMap({ $0.utf8.split(separator: UInt8(ascii: "\n")) }) {
            read(Substring(line), depth: depth, included)
        }
    }

    private mutating func read(_ line: Substring, depth: Int, _ included: (String) -> [String]?) {
        let content = line.drop { $0.isWhitespace || $0 == "\u{C}" }
        let keyword = content.prefix { !$0.isWhitespace && $0 != "=" }.lowercased()
        let rest = content.dropFirst(keyword.count).drop { $0.isWhitespace || $0 == "=" }
        guard !keyword.isEmpty, !keyword.hasPrefix("#") else { return }
        switch keyword {
        case "host": rest.isPlain ? patterns(rest) : (isOpaque = true)
        case "include":
            guard rest.isPlainButForQuotes, let paths = SSHWords.words(String(rest)) else {
                return isOpaque = true
            }
            for path in paths {
                guard let texts = included(path) else { return isOpaque = true }
                read(texts, depth: depth + 1, included)
            }
        case "match":
            let words = rest.lowercased().split { $0.isWhitespace || $0 == "," }
            if words != ["all"] { isOpaque = true }
        case "canonicalizehostname":
            if rest.trimmedEnd.lowercased() != "no" { isOpaque = true }
        case "hostname":
            if !rest.isPlain || rest.contains("%") { isOpaque = true }
            addresses.insert(rest.trimmedEnd.lowercased())
        // ssh puts the host's name into these paths before it answers.
        case "userknownhostsfile", "globalknownhostsfile", "identityagent", "revokedhostkeys":
            if rest.contains("%") { isOpaque = true }
        case "controlpath": break
        // `%C` is a digest over host, port and user.
        default: if rest.contains("%C") { isOpaque = true }
        }
    }

    private mutating func patterns(_ list: Substring) {
        for pattern in list.split(whereSeparator: \.isWhitespace) {
            let text = pattern.hasPrefix("!") ? pattern.dropFirst() : pattern
            let bytes = Array(text.utf8)
            if Glob.isLiteral(bytes) { literals.insert(String(text)) } else { wildcards.append(bytes) }
        }
    }
}

extension Substring {
    /// True if the text is free of quotes, escapes, comments, and placeholders.
    fileprivate var isPlain: Bool { isPlainButForQuotes && !contains { "\"'".contains($0) } }

    fileprivate var isPlainButForQuotes: Bool { !contains { "\\#$".contains($0) } }

    fileprivate var trimmedEnd: Substring {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
