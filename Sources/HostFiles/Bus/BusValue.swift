/// A value of D-Bus; a variant stands for the value in it.
public indirect enum BusValue: Hashable, Sendable {
    /// A string, a path of an object, or a signature.
    case text(String)
    case flag(Bool)
    case number(UInt64)
    case signed(Int64)
    case list([BusValue])
    /// A structure, or an entry of a dictionary.
    case tuple([BusValue])

    /// The value as `systemctl show` prints that of a property; nil for one with a structure in it.
    public var propertyText: String? {
        switch self {
        case .text(let text): return text
        case .flag(let flag): return flag ? "yes" : "no"
        case .number(let number): return String(number)
        case .signed(let number): return String(number)
        case .list(let values):
            let texts = values.compactMap(\.propertyText)
            return texts.count == values.count ? texts.joined(separator: " ") : nil
        case .tuple: return nil
        }
    }

    /// nil for a value that is no text.
    public var text: String? { if case .text(let text) = self { text } else { nil } }
}
