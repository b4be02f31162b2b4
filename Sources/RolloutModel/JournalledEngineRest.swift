/// How update-engine is left, in the words that journals have for it: since their first format, `asFound` has no dash there.
@propertyWrapper
public struct JournalledEngineRest: Codable, Hashable, Sendable {
    public var wrappedValue: EngineRest

    public init(wrappedValue: EngineRest) { self.wrappedValue = wrappedValue }

    public init(from decoder: any Decoder) throws {
        switch try Word(from: decoder) {
        case .masked: wrappedValue = .masked
        case .asFound: wrappedValue = .asFound
        }
    }

    public func encode(to encoder: any Encoder) throws {
        switch wrappedValue {
        case .masked: try Word.masked.encode(to: encoder)
        case .asFound: try Word.asFound.encode(to: encoder)
        }
    }

    private enum Word: String, Codable { case masked, asFound }
}
