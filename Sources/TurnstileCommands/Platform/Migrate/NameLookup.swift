import RolloutModel

/// Looks names up as this machine's programs do.
enum NameLookup {
    /// The most names that are looked up at once. A name server that does not answer keeps each for its whole deadline.
    static let atOnce = 16

    /// The addresses that each name leads to; none where a name leads nowhere.
    ///
    /// - Parameter look: looks one name up.
    static func addresses(
        of names: Set<DomainName>,
        by look: @escaping @Sendable (DomainName) async -> Set<String>
    ) async -> [DomainName: Set<String>] {
        let sorted = names.sorted()
        let found = await sorted.mapped(atOnce: atOnce, look)
        return Dictionary(zip(sorted, found), uniquingKeysWith: { first, _ in first })
    }

    /// The addresses that a name leads to; none where it leads nowhere.
    static func addresses(_ name: DomainName) async -> Set<String> {
        let said = await LocalProgram.output(
            ["getent", "ahosts", name.text], input: "", deadline: .seconds(15))
        guard let output = said.value else { return [] }
        return Set(
            output.split(separator: "\n").compactMap { line in
                line.split(separator: " ").first.map { ForeignText.line($0, charactersMax: 64) }
            })
    }
}
