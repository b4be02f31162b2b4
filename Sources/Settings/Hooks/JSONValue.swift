import Foundation

/// Any JSON, for documents whose shape is the operator's.
indirect enum JSONValue: Decodable, Hashable, Sendable {
    case object([String: JSONValue])
    case list([JSONValue])
    /// A string itself; a number, `true`, `false` and `null` as JSON writes them.
    case plain(String)

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let object = try? value.decode([String: JSONValue].self) {
            self = .object(object)
        } else if let list = try? value.decode([JSONValue].self) {
            self = .list(list)
        } else if let text = try? value.decode(String.self) {
            self = .plain(text)
        } else if let truth = try? value.decode(Bool.self) {
            self = .plain(truth ? "true" : "false")
        } else if value.decodeNil() {
            self = .plain("null")
        } else {
            self = .plain("\(try value.decode(Decimal.self))")
        }
    }

    /// The value inside, by a key of an object or an index of a list from 0.
    subscript(_ key: String) -> JSONValue? {
        switch self {
        case .object(let object): object[key]
        case .list(let list): Int(key).flatMap { list.indices.contains($0) ? list[$0] : nil }
        case .plain: nil
        }
    }
}
