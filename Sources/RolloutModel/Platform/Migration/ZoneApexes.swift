/// The names that are a zone's own. DNS allows no CNAME beside a zone's own records (RFC 1034, 3.6.2).
///
/// No list of public suffixes is kept here, and no zone is asked. A name is taken for a zone's own if it stands right below
/// one label, such as `com`, or below a country's two letters and a label that registries use there, such as `co.uk`.
/// A person says what else is one, and what is none.
public struct ZoneApexes: Hashable, Sendable {
    /// Names that a person calls a zone's own.
    public var named: Set<DomainName>
    /// Names that a person calls no zone's own.
    public var others: Set<DomainName>

    public init(named: Set<DomainName>, others: Set<DomainName>) {
        self.named = named
        self.others = others
    }

    /// The labels below which registries of countries give names away.
    private static let registryLabels: Set<Substring> = [
        "ac", "co", "com", "edu", "go", "gob", "gov", "gouv", "ltd", "me", "mil", "ne", "net", "nom", "or",
        "org",
        "plc", "sch",
    ]

    public func contains(_ name: DomainName) -> Bool {
        if named.contains(name) { return true }
        if others.contains(name) { return false }
        let labels = name.text.split(separator: ".")
        return labels.count == 2
            || (labels.count == 3 && labels[2].count == 2 && Self.registryLabels.contains(labels[1]))
    }
}
