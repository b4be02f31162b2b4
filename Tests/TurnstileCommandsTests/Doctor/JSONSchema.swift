import Foundation

/// As much of JSON Schema as docs/schemas uses. A keyword that is not known here is an objection.
struct JSONSchema {
    private let root: JSON

    init(_ path: String) throws {
        root = try JSON(Data(contentsOf: Document.root.appendingPathComponent(path)))
    }

    /// Why a document is not of this schema; empty where it is.
    func objections(to document: String) throws -> [String] {
        objections(to: try JSON(Data(document.utf8)), root, at: "$")
    }

    /// The values that an `enum` under a path of keys allows.
    func allowed(_ path: [String]) -> [String] {
        (path + ["enum"]).reduce(root) { $0[$1] }.list.compactMap(\.text)
    }

    private func objections(to value: JSON, _ schema: JSON, at place: String) -> [String] {
        schema.members.sorted { $0.key < $1.key }.flatMap { keyword, rule -> [String] in
            switch keyword {
            case "$schema", "$defs", "title", "description", "additionalProperties": []
            case "$ref": objections(to: value, referred(rule), at: place)
            case "type": value.kind == rule.text ? [] : ["\(place) is no \(rule.text ?? "?")"]
            case "enum": rule.list.contains(value) ? [] : ["\(place) is \(value)"]
            case "minimum": value.number >= rule.number ? [] : ["\(place) is \(value)"]
            case "required":
                rule.list.compactMap(\.text).filter { value.members[$0] == nil }.map {
                    "\(place) lacks \($0)"
                }
            case "properties": properties(value, rule, schema, at: place)
            case "items": value.list.enumerated().flatMap { objections(to: $1, rule, at: "\(place)[\($0)]") }
            default: ["the keyword \(keyword) is not known"]
            }
        }
    }

    private func referred(_ rule: JSON) -> JSON {
        let name = rule.text?.replacingOccurrences(of: "#/$defs/", with: "") ?? ""
        return root["$defs"].members[name] ?? .object(["no such definition": rule])
    }

    private func properties(_ value: JSON, _ known: JSON, _ schema: JSON, at place: String) -> [String] {
        let isClosed = schema["additionalProperties"] == .truth(false)
        return value.members.sorted { $0.key < $1.key }.flatMap { key, member in
            known.members[key].map { objections(to: member, $0, at: "\(place).\(key)") }
                ?? (isClosed ? ["\(place) has \(key)"] : [])
        }
    }
}

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
