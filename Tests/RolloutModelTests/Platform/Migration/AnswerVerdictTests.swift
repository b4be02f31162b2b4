import RolloutModel
import Testing

/// The worth of a new router's answer, by the old cluster's for the same name.
@Suite struct AnswerVerdictTests {
    struct Row: Sendable {
        var old: Int?
        var new: Int?
        var verdict: AnswerVerdict
        var stranger: Int? = 404
        var runs = true
    }

    static let rows: [Row] = [
        // The same class, or an application at work.
        Row(old: 200, new: 200, verdict: .proof), Row(old: 200, new: 302, verdict: .proof),
        Row(old: 302, new: 200, verdict: .proof), Row(old: 200, new: 401, verdict: .proof),
        Row(old: 200, new: 403, verdict: .proof), Row(old: 401, new: 403, verdict: .proof),
        Row(old: 404, new: 200, verdict: .proof), Row(old: 404, new: 410, verdict: .proof),
        Row(old: 400, new: 405, verdict: .proof), Row(old: 502, new: 200, verdict: .proof),
        Row(old: nil, new: 204, verdict: .proof),
        // The routers' answer for names that they do not know.
        Row(old: 200, new: 404, verdict: .unknownHere), Row(old: 401, new: 404, verdict: .unknownHere),
        Row(old: 400, new: 404, verdict: .unknownHere), Row(old: 503, new: 404, verdict: .unknownHere),
        Row(old: nil, new: 404, verdict: .unknownHere), Row(old: 404, new: 404, verdict: .unknownAtBoth),
        Row(old: 200, new: 404, verdict: .unknownHere, stranger: nil),
        Row(old: 200, new: 302, verdict: .unknownHere, stranger: 302),
        Row(old: 302, new: 302, verdict: .unknownAtBoth, stranger: 302),
        Row(old: 200, new: 200, verdict: .proof, stranger: 302),
        // An application without processes is not published.
        Row(old: 503, new: 404, verdict: .incomparable, runs: false),
        Row(old: nil, new: 404, verdict: .incomparable, runs: false),
        Row(old: 200, new: 404, verdict: .unknownHere, runs: false),
        // Something else.
        Row(old: 200, new: 500, verdict: .differs), Row(old: 200, new: 400, verdict: .differs),
        Row(old: 404, new: 503, verdict: .differs), Row(old: 200, new: nil, verdict: .differs),
        Row(old: 502, new: nil, verdict: .differs), Row(old: nil, new: nil, verdict: .differs),
        // A fault at the old cluster says nothing about the new one.
        Row(old: 502, new: 504, verdict: .incomparable), Row(old: 503, new: 503, verdict: .incomparable),
        Row(old: nil, new: 500, verdict: .incomparable), Row(old: 500, new: 400, verdict: .incomparable),
    ]

    @Test(arguments: rows) func anAnswerIsJudgedByTheOldOne(row: Row) {
        let verdict = AnswerVerdict(row.new, stranger: row.stranger, old: row.old, runs: row.runs)
        #expect(verdict == row.verdict, "\(row)")
    }

    /// A router is judged by its own answer for a name of no application.
    @Test func routersAreJudgedByTheirOwnAnswers() throws {
        let names = try ["shop.old.org", "shop.new.org"].map { try #require(DomainName($0)) }
        let found = try picture(names[1])
        let plan = MigrationPlan(
            id: "m-1", old: .init(url: "http://old", tokenFile: nil, routers: []),
            new: .init(url: "http://new", tokenFile: nil, routers: ["a", "b"]), registry: "r",
            certificates: nil, renames: [])
        let proof = ApplicationProof(
            ApplicationWish(found, plan, certificates: []), [ExpectedAnswer(name: names[0], status: 200)],
            old: names[0], found: found)
        let stranger = try #require(DomainName("turnstile-no-application.new.org"))
        #expect(proof.names == [names[1], stranger])
        let answers = ["a": [names[1]: 302, stranger: 302], "b": [names[1]: 302, stranger: 404]]
        #expect(
            proof.holds(found, answers) == [
                .namesUnknown([.init(name: names[1], router: "a", status: 302, expected: 200)])
            ])
        #expect(proof.remarks(answers) == [])
    }

    private func picture(_ name: DomainName) throws -> ApplicationPicture {
        ApplicationPicture(
            id: try #require(ApplicationID("shop")), owner: try #require(AccountName("eve")), name: name,
            structure: ["web": 1], release: .init(version: 3, build: .init(image: "i", procfile: [:])),
            settings: .init(values: SecretValues([:]), memory: [:], cpu: [:], tags: [:]), domains: [],
            collaborators: [], containers: [.init(type: "web", state: "up")])
    }
}
