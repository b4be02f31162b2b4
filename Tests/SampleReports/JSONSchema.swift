import Foundation

/// As much of JSON Schema as docs/schemas uses. A keyword that is not known here is an objection.
package struct JSONSchema {
    private let root: JSON

    /// - Parameter name: of a file in docs/schemas.
    package init(_ name: String) throws {
        root = try JSON(Data(contentsOf: Self.folder.appendingPathComponent("\(name).json")))
    }

    private static let folder = Repository.root.appendingPathComponent("docs/schemas")

    /// The names of all files in docs/schemas.
    package static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(".json".count)) }.sorted()
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
        let choices = schema["anyOf"].list.map { places(of: $0, at: place) }
        return (properties + choices).reduce(items.union([place])) { $0.union($1) }
    }

    private static func places(in value: JSON, at place: String) -> Set<String> {
        let members = value.members.map { places(in: $1, at: "\(place).\($0)") }
        let items = value.list.map { places(in: $0, at: place + "[]") }
        return (members + items).reduce([place]) { $0.union($1) }
    }

    private func objections(to value: JSON, _ schema: JSON, at place: String) -> [String] {
        schema.members.sorted { $0.key < $1.key }.flatMap { keyword, rule -> [String] in
            switch keyword {
            case "$schema", "$defs", "title", "description": []
            case "$ref": objections(to: value, referred(rule), at: place)
            case "type": isOf(rule, value) ? [] : ["\(place) is no \(rule)"]
            case "enum": rule.list.contains(value) ? [] : ["\(place) is \(value)"]
            case "minimum": value.number >= rule.number ? [] : ["\(place) is \(value)"]
            case "required":
                rule.list.compactMap(\.text).filter { value.members[$0] == nil }.map {
                    "\(place) lacks \($0)"
                }
            case "properties": known(in: value, rule, at: place)
            case "additionalProperties": others(in: value, schema, rule, at: place)
            case "items": value.list.enumerated().flatMap { objections(to: $1, rule, at: "\(place)[\($0)]") }
            case "anyOf": choices(value, rule.list, at: place)
            default: ["the keyword \(keyword) is not known"]
            }
        }
    }

    /// A type, or one of several.
    private func isOf(_ rule: JSON, _ value: JSON) -> Bool {
        rule.list.isEmpty ? value.isA(rule.text) : rule.list.contains { value.isA($0.text) }
    }

    private func referred(_ rule: JSON) -> JSON {
        let name = rule.text?.replacingOccurrences(of: "#/$defs/", with: "") ?? ""
        return root["$defs"].members[name] ?? .object(["no such definition": rule])
    }

    /// The objections of the choice that has the fewest.
    private func choices(_ value: JSON, _ schemas: [JSON], at place: String) -> [String] {
        let each = schemas.map { objections(to: value, $0, at: place) }
        return each.min { $0.count < $1.count } ?? ["\(place) has no choice"]
    }

    private func known(in value: JSON, _ properties: JSON, at place: String) -> [String] {
        members(of: value).flatMap { key, member in
            properties.members[key].map { objections(to: member, $0, at: "\(place).\(key)") } ?? []
        }
    }

    /// Members that no property names: none may be there, or each is of one schema.
    private func others(in value: JSON, _ schema: JSON, _ rule: JSON, at place: String) -> [String] {
        let known = schema["properties"].members
        return members(of: value).filter { known[$0.key] == nil }.flatMap { key, member in
            rule == .truth(false)
                ? ["\(place) has \(key)"] : objections(to: member, rule, at: "\(place).\(key)")
        }
    }

    private func members(of value: JSON) -> [(key: String, value: JSON)] {
        value.members.sorted { $0.key < $1.key }
    }
}
