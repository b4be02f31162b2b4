import Foundation

/// As much of JSON Schema as docs/schemas uses. A keyword that is not known here is an objection.
package struct JSONSchema {
    private let root: JSON

    /// - Parameter name: of a file in docs/schemas.
    package init(_ name: String) throws {
        root = try JSON(Data(contentsOf: Repository.root.appendingPathComponent("docs/schemas/\(name).json")))
    }

    /// Why a document is not of this schema; empty where it is.
    package func objections(to document: String) throws -> [String] {
        objections(to: try JSON(Data(document.utf8)), root, at: "$")
    }

    /// The values that an `enum` under a path of keys allows.
    package func allowed(_ path: [String]) -> [String] {
        (path + ["enum"]).reduce(root) { $0[$1] }.list.compactMap(\.text)
    }

    /// The places of all values that the schema speaks of: `$.hosts[].host`.
    package var places: Set<String> { places(of: root, at: "$") }

    /// The places of all values of a document, likewise.
    package static func places(in document: String) throws -> Set<String> {
        places(in: try JSON(Data(document.utf8)), at: "$")
    }

    private func places(of schema: JSON, at place: String) -> Set<String> {
        let schema = schema.members["$ref"].map(referred) ?? schema
        let properties = schema["properties"].members.map { places(of: $1, at: "\(place).\($0)") }
        let items = schema.members["items"].map { places(of: $0, at: place + "[]") } ?? []
        return properties.reduce(items.union([place])) { $0.union($1) }
    }

    private static func places(in value: JSON, at place: String) -> Set<String> {
        let members = value.members.map { places(in: $1, at: "\(place).\($0)") }
        let items = value.list.map { places(in: $0, at: place + "[]") }
        return (members + items).reduce([place]) { $0.union($1) }
    }

    private func objections(to value: JSON, _ schema: JSON, at place: String) -> [String] {
        schema.members.sorted { $0.key < $1.key }.flatMap { keyword, rule -> [String] in
            switch keyword {
            case "$schema", "$defs", "title", "description", "additionalProperties": []
            case "$ref": objections(to: value, referred(rule), at: place)
            case "type": value.isA(rule.text) ? [] : ["\(place) is no \(rule.text ?? "?")"]
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
