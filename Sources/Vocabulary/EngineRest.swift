/// The state in which update-engine is left on each host. The raw value is the word in requests, in options and in
/// turnstile.yaml.
public enum EngineRest: String, Codable, CaseIterable, Hashable, Sendable {
    case masked
    case asFound = "as-found"
}
