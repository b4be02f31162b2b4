/// The `Include` lines of the system's ssh configuration. Their relative paths are below /etc/ssh; in a configuration that
/// ssh is handed as a user's, they would be below ~/.ssh.
enum SSHSystemIncludes {
    static let folder = "/etc/ssh/"

    /// The text with the paths of such lines made absolute. Lines that ssh itself complains of stay as they are.
    static func anchored(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(anchored).joined(separator: "\n")
    }

    private static func anchored(_ line: Substring) -> String {
        let content = line.drop { $0.isWhitespace }
        let keyword = content.prefix { !$0.isWhitespace && $0 != "=" }
        let rest = content.dropFirst(keyword.count).drop { $0.isWhitespace || $0 == "=" }
        guard keyword.lowercased() == "include", let words = SSHWords.words(String(rest)) else {
            return String(line)
        }
        let paths = words.prefix { !$0.hasPrefix("#") }
        guard paths.contains(where: isRelative), !paths.contains(where: { $0.contains("\"") }) else {
            return String(line)
        }
        return "Include" + paths.map { " \"\(isRelative($0) ? folder : "")\($0)\"" }.joined()
    }

    private static func isRelative(_ path: String) -> Bool {
        !path.hasPrefix("/") && !path.hasPrefix("~") && !path.hasPrefix("$")
    }
}
