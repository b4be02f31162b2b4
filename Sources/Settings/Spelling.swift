/// Finds the known word that a person may have meant.
package enum Spelling {
    /// The nearest of `words`, if one is near enough to be worth naming.
    package static func nearest(to text: String, in words: [String]) -> String? {
        let near = words.map { (word: $0, distance: distance(text.lowercased(), $0)) }
            .filter { $0.distance <= max(1, $0.word.count / 3) }
        return near.min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
    }

    /// The host's name of `words` that was most likely meant by another name; nil for a name that may be of a host of its own, as
    /// the next one in a row of numbers or letters is.
    static func slip(_ name: String, in words: [String]) -> String? {
        let digits = name.filter(\.isNumber)
        let likely = words.filter { word in
            word.filter(\.isNumber) == digits
                && !(word.count == name.count && word.dropLast() == name.dropLast())
        }
        guard name.count >= slipMin else { return nil }
        return nearest(to: name, in: likely)
    }

    /// The least length of a name that is taken for another one: shorter ones are all alike.
    private static let slipMin = 5

    /// The number of letters that must be inserted, removed, changed, or swapped with their neighbour.
    static func distance(_ left: String, _ right: String) -> Int {
        let (a, b) = (Array(left.unicodeScalars.prefix(64)), Array(right.unicodeScalars.prefix(64)))
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    least = min(least, beforeLast[j - 1] + 1)
                }
                row.append(least)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
