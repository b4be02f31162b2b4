import Foundation
import RolloutJournal
import SampleReports
import Testing

@testable import HostileViews

/// JSON of values that have every field is of its schema.
@Suite struct SchemaTests {
    /// The schema of each view that is JSON.
    private static let schemas = [
        "json": "audit", "ndjson": "audit", "plan's json": "plan", "gates' json": "gates",
        "install's json": "install", "status' json": "rollout", "history's json": "history",
        "report's json": "timeline", "runbook's json": "runbook",
    ]

    /// Views of texts alone, which no command prints.
    private static let unprinted: Set<String> = ["document"]

    /// The printed documents, by the names of schemas.
    private static func documents() async throws -> [String: [String]] {
        var documents: [String: [String]] = [:]
        for view in try await HostileView.all() {
            for (name, text) in try await view.documents() where !unprinted.contains(name) {
                let schema = try #require(schemas[name], "\(view): no schema for \(name)")
                documents[schema, default: []].append(text)
            }
        }
        return documents
    }

    /// The documents are made once: there are thousands.
    @Test func everyDocumentIsOfItsSchema() async throws {
        let documents = try await Self.documents()
        #expect(Set(documents.keys) == Set(Self.schemas.values))
        for (name, texts) in documents {
            let schema = try JSONSchema(name)
            for text in texts {
                let objections = try schema.objections(to: text)
                #expect(objections == [], "\(name): \(text.prefix(400))")
            }
            guard Self.whole.contains(name) else { continue }
            let seen = try texts.reduce(into: Set<String>()) { $0.formUnion(try JSONSchema.places(in: $1)) }
            let missing = schema.places.subtracting(seen).subtracting(Self.rare[name] ?? [])
            // The holds of gates are checked with the schema of `gates`.
            #expect(missing.filter { !$0.hasPrefix("$.gates[].holds[]") } == [], "\(name)")
        }
    }

    /// Schemas of which every place is in some document: a key that no document has would be one that nothing checks.
    private static let whole: Set<String> = ["audit", "plan", "install", "rollout", "history"]

    /// Places that the one sample of a plan does not have: what stands in for what it has, and what no plan has that is printed.
    private static let rare: [String: Set<String>] = [
        "plan": [
            "$.plan.order.given", "$.plan.order.leaderLast", "$.plan.target.firstOffer",
            "$.plan.purpose.rollback",
            "$.plan.purpose.rollback.host", "$.plan.purpose.abandon", "$.plan.found", "$.plan.platform",
            "$.plan.hosts[].units.running", "$.plan.hosts[].units.running[]", "$.plan.hosts[].consul",
            "$.plan.hosts[].consul.node", "$.plan.hosts[].consul.role",
            "$.etcd.pointOfNoReturn.isOfEachMember", "$.plan.asksAboutOffer",
            "$.holds[].patience.word", "$.holds[].remedy[].acts[].arguments",
            "$.holds[].remedy[].acts[].arguments[]",
        ],
        "rollout": [
            "$.holds[].also[]", "$.holds[].patience.seconds", "$.runbook", "$.runbook.runbook",
            "$.runbook.stage",
            "$.runbook.number", "$.runbook.count", "$.undoes", "$.left[]",
        ], "history": ["$[].unreadableEvidence"],
    ]

    /// Lines of journals, as `--output ndjson` prints them.
    @Test func everyEntryIsOfItsSchema() throws {
        let schema = try JSONSchema("entry")
        var seen: Set<String> = []
        let journals =
            try RolloutSample.journals.map { try RolloutSample.entries($0.events) }
            + [RolloutSample.entries(RolloutSample.platformEvents, plan: RolloutSample.platform())]
        for entries in journals {
            for line in try JournalLine.lines(of: entries).split(separator: UInt8(ascii: "\n")) {
                let text = String(decoding: line, as: UTF8.self)
                #expect(try schema.objections(to: text) == [])
                seen.formUnion(try JSONSchema.places(in: text))
            }
        }
        #expect(try schema.objections(to: #"{"dropped":12}"#) == [])
        #expect(try !schema.objections(to: #"{"dropped":12,"number":1}"#).isEmpty)
        #expect(schema.places.subtracting(seen) == ["$.dropped", "$.what.letGo"])
    }
}
