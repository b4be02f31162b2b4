/// The address of a Deis controller.
extension String {
    /// True for a URL without a path, and without a user: the address is kept and shown. The controller's own path is
    /// added.
    package var isControllerURL: Bool {
        guard let scheme = ["http://", "https://"].first(where: hasPrefix) else { return false }
        let rest = dropFirst(scheme.count)
        let marks: Set<Character> = ["@", "?", "#", "\"", "\\"]
        guard !rest.contains(where: { marks.contains($0) }) else { return false }
        return !rest.isEmpty && rest.drop { $0 != "/" }.allSatisfy { $0 == "/" }
            && rest.utf8.allSatisfy { (0x21..<0x7f).contains($0) }
    }

    package var withoutSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
