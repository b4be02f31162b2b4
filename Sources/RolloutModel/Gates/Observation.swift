/// The answer to a question asked of a host, or the reason why there is none. An unknown answer never passes a gate.
public enum Observation<Value: Hashable & Sendable>: Hashable, Sendable {
    case seen(Value)
    case unknown(String)

    public var value: Value? {
        guard case .seen(let value) = self else { return nil }
        return value
    }

    public func map<Other>(_ transform: (Value) -> Other) -> Observation<Other> {
        switch self {
        case .seen(let value): .seen(transform(value))
        case .unknown(let why): .unknown(why)
        }
    }
}
