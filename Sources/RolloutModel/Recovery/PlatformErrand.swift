/// A command of turnstile's about the platform, as a remedy names it.
public enum PlatformErrand: String, Hashable, Sendable, CaseIterable {
    case audit, backup
}
