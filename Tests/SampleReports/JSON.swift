import Foundation

/// A JSON document with its kinds of values kept apart.
enum JSON: Decodable, Hashable {
    case null
    case truth(Bool)
    case whole(Int)
    case fraction(Double)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    init(_ data: Data) throws { self = try JSONDecoder().decode(JSON.self, from: data) }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let truth = try? value.decode(Bool.self) {
            self = .truth(truth)
        } else if let whole = try? value.decode(Int.self) {
            self = .whole(whole)
        } else if let fraction = try? value.decode(Double.self) {
            self = .fraction(fraction)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([JSON].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSON].self))
        }
    }

    /// As JSON Schema names it.
    var kind: String {
        switch self {
        case .null: "null"
        case .truth: "boolean"
        case .whole: "integer"
        case .fraction: "number"
        case .text: "string"
        case .list: "array"
        case .object: "object"
        }
    }

    /// A whole number is a number, too.
    func isA(_ kind: String?) -> Bool { self.kind == kind || (self.kind == "integer" && kind == "number") }

    subscript(key: String) -> JSON { members[key] ?? .null }

    var members: [String: JSON] {
        guard case .object(let members) = self else { return [:] }
        return members
    }

    var list: [JSON] {
        guard case .list(let list) = self else { return [] }
        return list
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    var number: Int {
        guard case .whole(let number) = self else { return .min }
        return number
    }
}
