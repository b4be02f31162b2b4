/// A list of names in a sentence.
public enum Names {
    /// More than these nobody reads; each command's JSON has all.
    private static let countMax = 8

    public static func text(_ names: [String]) -> String {
        let named = names.prefix(countMax).joined(separator: ", ")
        return names.count > countMax ? "\(named) and \(names.count - countMax) more" : named
    }
}
