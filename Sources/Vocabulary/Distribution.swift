/// The two systems whose hosts Turnstile knows.
public enum Distribution: String, Codable, CaseIterable, Hashable, Sendable {
    /// CoreOS Container Linux; `ID=coreos`.
    case coreOS = "coreos"
    /// Flatcar Container Linux; `ID=flatcar`.
    case flatcar
}
