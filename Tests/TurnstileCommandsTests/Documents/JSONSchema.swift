import Foundation

/// As much of JSON Schema as the files in docs/schemas use.
struct JSONSchema {
    private let root: [String: Any]

    /// - Parameter name: of a file in docs/schemas.
    init(_ name: String) throws {
        let path = Document.root.appendingPathComponent("docs/schemas/\(name).json")
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: path))
        guard let root = object as? [String: Any] else { throw CocoaError(.fileReadCorruptFile) }
        self.root = root
    }

    /// The parts of a document that do not fit, by their places; none if all of it fits.
    func faults(in json: String) throws -> [String] {
        let value = try JSONSerialization.jsonObject(with: Data(json.utf8))
        return Self.faults(in: value, root, at: "$")
    }

    /// The places of all values that the schema speaks of: `$.hosts[].host`.
    var places: Set<String> { Self.places(of: root, at: "$") }

    /// The places of all values of a document, likewise.
    static func places(in json: String) throws -> Set<String> {
        places(in: try JSONSerialization.jsonObject(with: Data(json.utf8)), at: "$")
    }

    private static let keywords: Set<String> = [
        "$schema", "title", "description", "type", "enum", "properties", "required", "additionalProperties",
        "items",
    ]

    private static func faults(in value: Any, _ schema: [String: Any], at place: String) -> [String] {
        let unknown = Set(schema.keys).subtracting(keywords)
        guard unknown.isEmpty else { return ["\(place): the schema has \(unknown.sorted())"] }
        if let allowed = schema["enum"] as? [String] {
            let isAllowed = (value as? String).map(allowed.contains) ?? false
            return isAllowed ? [] : ["\(place): \(value) is none of \(allowed)"]
        }
        switch schema["type"] as? String {
        case "object": return faults(ofObject: value, schema, at: place)
        case "array":
            guard let values = value as? [Any], let items = schema["items"] as? [String: Any] else {
                return ["\(place): no array"]
            }
            return values.flatMap { faults(in: $0, items, at: place + "[]") }
        case "string": return value is String ? [] : ["\(place): no string"]
        case "boolean": return isBoolean(value) ? [] : ["\(place): no boolean"]
        case "number": return value is NSNumber && !isBoolean(value) ? [] : ["\(place): no number"]
        case "integer":
            let whole = value as? NSNumber
            return whole.map { $0.doubleValue.rounded() == $0.doubleValue && !isBoolean($0) } ?? false
                ? [] : ["\(place): no integer"]
        default: return ["\(place): the schema has no type"]
        }
    }

    private static func faults(ofObject value: Any, _ schema: [String: Any], at place: String) -> [String] {
        guard let object = value as? [String: Any] else { return ["\(place): no object"] }
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        let missing = Set(schema["required"] as? [String] ?? []).subtracting(object.keys)
        return missing.sorted().map { "\(place).\($0): missing" }
            + object.flatMap { key, value in
                properties[key].map { faults(in: value, $0, at: "\(place).\(key)") } ?? [
                    "\(place).\(key): not named"
                ]
            }
    }

    /// Foundation bridges booleans to numbers, and keeps them apart by this type alone.
    private static func isBoolean(_ value: Any) -> Bool {
        (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false
    }

    private static func places(of schema: [String: Any], at place: String) -> Set<String> {
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        let items = schema["items"] as? [String: Any]
        return properties.reduce(into: Set([place])) {
            $0.formUnion(places(of: $1.value, at: "\(place).\($1.key)"))
        }
        .union(items.map { places(of: $0, at: place + "[]") } ?? [])
    }

    private static func places(in value: Any, at place: String) -> Set<String> {
        switch value {
        case let object as [String: Any]:
            object.reduce(into: [place]) { $0.formUnion(places(in: $1.value, at: "\(place).\($1.key)")) }
        case let values as [Any]:
            values.reduce(into: [place]) { $0.formUnion(places(in: $1, at: place + "[]")) }
        default: [place]
        }
    }
}
