/// Options of the ssh command line that say how a host is reached. `ssh -G` interprets them.
struct SSHOptions: Encodable, Hashable, Sendable {
    private(set) var arguments: [String] = []
    /// The configuration that ssh reads instead of the user's and the system's (`-F`); nil where none is named.
    private(set) var configFile: String?

    /// Letters of options that have a value, and those that have none (ssh(1)).
    private static let withValue = Set("BbcDEeFIiJLlmOoPpQRSWw")
    private static let plain = Set("1246AaCfGgKkMNnqsTtVvXxYy")
    /// The letters among these that say how a host is reached and what it is trusted for. The others are about
    /// terminals, forwardings and output.
    private static let meant = Set("bcijlmop46J")

    init() {}

    /// - Parameter text: the options, split into words as a shell would.
    /// - Returns: nil if a quote is not closed, or if a word is no option of ssh.
    init?(_ text: String) {
        guard let words = InventoryWords.words(text[...]) else { return nil }
        var rest = words[...]
        while let word = rest.popFirst() {
            guard take(word.dropFirst(), word.first == "-", &rest) else { return nil }
        }
    }

    mutating func add(keyFile: String) { arguments += ["-i", keyFile] }

    mutating func add(_ others: SSHOptions) {
        arguments += others.arguments
        // ssh takes the last `-F`.
        configFile = others.configFile ?? configFile
    }

    /// The options that ssh also uses for the hosts on the way; nil where there are none.
    var ofTheWay: SSHOptions? {
        guard let configFile else { return nil }
        var options = SSHOptions()
        options.configFile = configFile
        return options
    }

    /// The same options as lines of an ssh configuration, as far as such a line may tell hosts apart.
    var settings: [String] {
        var settings: [String] = []
        var rest = arguments[...]
        while let option = rest.popFirst() {
            guard option.last.map(Self.withValue.contains) == true, let value = rest.popFirst() else {
                continue
            }
            if option == "-o" { settings.append(value) }
            if option == "-i" { settings.append("IdentityFile \(value)") }
        }
        return settings
    }

    /// Takes a word of one or several letters, and the value of the last letter.
    private mutating func take(
        _ letters: Substring, _ isOption: Bool, _ rest: inout ArraySlice<String>
    ) -> Bool {
        guard isOption, !letters.isEmpty, !letters.hasPrefix("-") else { return false }
        var letters = letters
        while let letter = letters.popFirst() {
            if Self.plain.contains(letter) {
                if Self.meant.contains(letter) { arguments.append("-\(letter)") }
                continue
            }
            guard Self.withValue.contains(letter),
                let value = letters.isEmpty ? rest.popFirst() : String(letters)
            else { return false }
            if letter == "F" { configFile = value }
            if Self.meant.contains(letter) { arguments += ["-\(letter)", value] }
            return true
        }
        return true
    }
}
