/// Options of the ssh command line that say how a host is reached. What they mean, only ssh says: they are handed to
/// `ssh -G`.
struct SSHOptions: Encodable, Hashable, Sendable {
    private(set) var arguments: [String] = []

    /// Letters of options that have a value, and those that have none (ssh(1)).
    private static let withValue = Set("BbcDEeFIiJLlmOoPpQRSWw")
    private static let plain = Set("1246AaCfGgKkMNnqsTtVvXxYy")
    /// Of these, the ones that say how a host is reached and what it is trusted for. The others are about terminals,
    /// forwardings and output.
    private static let meant = Set("bcijlmop46J")

    init() {}

    /// - Parameter text: as a shell would part it.
    /// - Returns: nil if a quote is not closed, if a word is no option of ssh, or if an option names another
    ///   configuration file.
    init?(_ text: String) {
        // Ansible's templates are not filled in here.
        guard !text.contains("{{"), let words = InventoryWords.words(text[...]) else { return nil }
        var rest = words[...]
        while let word = rest.popFirst() {
            guard take(word.dropFirst(), word.first == "-", &rest) else { return nil }
        }
    }

    mutating func add(keyFile: String) { arguments += ["-i", keyFile] }

    mutating func add(_ others: SSHOptions) { arguments += others.arguments }

    /// Takes a word of one or several letters, with the value that belongs to the last.
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
            guard Self.withValue.contains(letter), letter != "F",
                let value = letters.isEmpty ? rest.popFirst() : String(letters)
            else { return false }
            if Self.meant.contains(letter) { arguments += ["-\(letter)", value] }
            return true
        }
        return true
    }
}
