import Foundation

/// The parts of a kept line that are not in the value that was read of it.
package struct JSONLoss {
    /// As `.what.opened.plan.order`.
    package let paths: [String]

    /// - Parameter others: keys of the line that belong to no value.
    package init(from line: Data, to value: some Encodable, but others: Set<String> = []) throws {
        let kept = try Self.object(line).filter { !others.contains($0.key) }
        paths = Self.lost(kept, try Self.object(JSONEncoder().encode(value)), at: "")
    }

    private static func object(_ data: Data) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    private static func lost(_ kept: Any, _ read: Any?, at path: String) -> [String] {
        switch (kept, read) {
        case (let kept as [String: Any], let read as [String: Any]):
            // The first journals wrapped events and intents.
            if let inner = kept["_0"], kept.count == 1, read["_0"] == nil {
                return lost(inner, read, at: path)
            }
            return kept.sorted { $0.key < $1.key }.flatMap { lost($1, read[$0], at: "\(path).\($0)") }
        case (let kept as [Any], let read as [Any]) where kept.count == read.count:
            return zip(kept, read).enumerated().flatMap { lost($1.0, $1.1, at: "\(path)[\($0)]") }
        case (let kept as AnyHashable, let read as AnyHashable) where kept == read:
            return []
        default:
            return [path]
        }
    }
}
