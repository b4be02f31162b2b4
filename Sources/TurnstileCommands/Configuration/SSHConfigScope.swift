import SSH

/// Which hosts an ssh configuration can tell apart, read off its `Host` lines: those that match the same patterns get the
/// same answer but for their name. What the answer is, only ssh says.
struct SSHConfigScope: Hashable, Sendable {
    /// Hosts with the same answer.
    struct Class: Hashable, Sendable {
        /// Which of the wildcards match.
        fileprivate var wildcards: [Int]
    }

    /// Something may tell hosts apart that is not followed here.
    private(set) var isOpaque = false
    private var literals: Set<String> = []
    private var wildcards: [[UInt8]] = []
    /// The values of HostName.
    private var addresses: Set<String> = []

    /// A configuration that nobody could read through.
    static let opaque = {
        var scope = SSHConfigScope()
        scope.isOpaque = true
        return scope
    }()

    /// - Parameter included: the texts of the files that an `Include` means; nil where that cannot be said.
    init(_ texts: [String] = [], included: (String) -> [String]? = { _ in nil }) {
        read(texts, depth: 0, included)
    }

    /// The same with the options of one host in front.
    func behind(_ options: SSHOptions) -> SSHConfigScope {
        var scope = self
        scope.read(options.settings, depth: 0) { _ in nil }
        return scope
    }

    /// nil where ssh must be asked about this very name.
    func kind(of name: String) -> Class? {
        // Upper case and IPv6 addresses are written anew by ssh.
        guard !isOpaque, !literals.contains(name),
            name.utf8.allSatisfy({ $0 != UInt8(ascii: ":") && !(UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0) }
            )
        else { return nil }
        let bytes = Array(name.utf8)
        return Class(wildcards: wildcards.indices.filter { Glob.matches(wildcards[$0], bytes) })
    }

    /// The answer about one host, given that about another of its class; nil where it does not follow.
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
        // ssh follows sixteen.
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
        // Paths that ssh has filled in with the host's name by the time it answers.
        case "userknownhostsfile", "globalknownhostsfile", "identityagent", "revokedhostkeys":
            if rest.contains("%") { isOpaque = true }
        case "controlpath": break
        // A digest over host, port and user.
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
    /// Free of quotes, escapes and comments, and of what stands for something else.
    fileprivate var isPlain: Bool { isPlainButForQuotes && !contains { "\"'".contains($0) } }

    fileprivate var isPlainButForQuotes: Bool { !contains { "\\#$".contains($0) } }

    fileprivate var trimmedEnd: Substring {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
