/// The paths that `ssh -G` prints for one keyword: after each other, without the quotes that they were given in.
enum SSHPathList {
    /// A word that does not begin like a path belongs to the one before: its path has a blank. So a relative path is
    /// told from such a part only in front.
    static func paths(_ text: String) -> [String] {
        var paths: [String] = []
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if let last = paths.indices.last, !word.beginsLikeAPath {
                paths[last] += " \(word)"
            } else if !word.isEmpty {
                paths.append(String(word))
            }
        }
        return paths.filter { $0 != "none" }
    }
}

extension Substring {
    fileprivate var beginsLikeAPath: Bool { first.map { "/~%$".contains($0) } ?? false }
}
