/// How update-engine is left on each host. Its raw value is its word in requests, in options and in turnstile.yaml.
public enum EngineRest: String, Codable, CaseIterable, Hashable, Sendable {
    case masked
    case asFound = "as-found"
}
