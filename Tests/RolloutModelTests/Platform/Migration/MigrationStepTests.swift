import RolloutModel
import Testing

/// The next step of an application, from what was looked at.
@Suite struct MigrationStepTests {
    private static func wish(
        structure: [String: Int] = ["web": 2], settings: [String: String] = ["A": "1"],
        image: String? = "r/shop:v3"
    ) throws -> ApplicationWish {
        let old = try picture(structure: structure, settings: settings, image: image)
        return ApplicationWish(old, try plan(), certificates: [])
    }

    private static func plan() throws -> MigrationPlan {
        MigrationPlan(
            id: "m-1", old: .init(url: "http://old", tokenFile: nil, routers: []),
            new: .init(url: "http://new", tokenFile: nil, routers: ["r"]), registry: "r", certificates: nil,
            renames: [])
    }

    private static func picture(
        structure: [String: Int], settings: [String: String], image: String?, owner: String = "eve",
        users: [String] = [], domains: [String] = []
    ) throws -> ApplicationPicture {
        ApplicationPicture(
            id: try #require(ApplicationID("shop")), owner: try #require(AccountName(owner)),
            name: try #require(DomainName("shop.old.org")), structure: structure,
            release: .init(version: 3, build: image.map { .init(image: $0, procfile: ["web": "run"]) }),
            settings: .init(values: SecretValues(settings), memory: [:], cpu: [:], tags: [:]),
            domains: Set(domains.compactMap { DomainName($0) }),
            collaborators: Set(users.compactMap { AccountName($0) }), containers: [])
    }

    private static func sight(_ picture: ApplicationPicture?, api: String = "1.7", users: [String] = [])
        -> ApplicationSight
    {
        ApplicationSight(
            picture: picture,
            roll: ControllerRoll(
                api: api, applications: [], accounts: Set(users.compactMap { AccountName($0) }),
                certificates: []))
    }

    /// A record that has these entries.
    private static func state(_ events: [MigrationEvent]) throws -> MigrationState {
        var state = try #require(MigrationState(first: .opened(format: 1, plan: try plan())))
        let areTaken = events.map { state.apply($0) }
        #expect(!areTaken.contains(false))
        return state
    }

    @Test func whatIsNotThereIsCreatedFirst() throws {
        #expect(try Self.wish().acts(after: Self.sight(nil)) == [.create])
    }

    /// Deis starts one process of the type `cmd` after a pull, whatever the Procfile says: it is taken away again.
    @Test func processesThatDeisStartsByItselfAreTakenAway() throws {
        let found = try Self.picture(structure: ["cmd": 1], settings: ["A": "1"], image: "r/shop:v3")
        #expect(
            try Self.wish().acts(after: Self.sight(found)) == [.scale(["cmd": 0, "web": 2])])
    }

    @Test func settingsThatSomebodyAddedThereStay() throws {
        let found = try Self.picture(
            structure: ["web": 2], settings: ["A": "1", "B": "2"], image: "r/shop:v3")
        #expect(try Self.wish().acts(after: Self.sight(found)) == [])
    }

    /// The scale is asked for only once the image is there.
    @Test func thePullComesBeforeTheScale() throws {
        let found = try Self.picture(structure: [:], settings: [:], image: nil)
        #expect(
            try Self.wish().acts(after: Self.sight(found)) == [.configure, .pull(image: "r/shop:v3")])
    }

    static let grants: [(api: String, registered: [String], acts: [String])] = [
        ("1.7", [], []), ("1.7", ["eve"], ["give it to eve"]),
        ("1.5", ["eve", "bob"], ["share it with bob", "share it with eve"]),
        ("1.7", ["eve", "bob"], ["share it with bob", "give it to eve"]),
    ]

    @Test(arguments: grants) func usersGetWhatWasTheirs(api: String, registered: [String], acts: [String])
        throws
    {
        let old = try Self.picture(
            structure: ["web": 2], settings: ["A": "1"], image: "r/shop:v3", users: ["bob"])
        let found = try Self.picture(
            structure: ["web": 2], settings: ["A": "1"], image: "r/shop:v3", owner: "admin")
        let wish = ApplicationWish(old, try Self.plan(), certificates: [])
        let sight = Self.sight(found, api: api, users: registered)
        #expect(wish.acts(after: sight).map(\.description) == acts)
        #expect(wish.absentees(sight.roll).count == 2 - registered.count)
    }

    /// An act that the controller calls done without effect is asked for twice, and not for ever.
    @Test func anActWithoutEffectHolds() throws {
        let found = try Self.picture(structure: [:], settings: ["A": "1"], image: "r/shop:v3")
        let scale = MigrationAct.scale(["web": 2])
        let id = found.id
        var events = [MigrationEvent.adopted(id)]
        for asks in 0...2 {
            let state = try Self.state(events)
            let step = MigrationStep.next(
                try Self.wish(), state.course(of: id), after: Self.sight(found), now: 9, settling: .zero,
                scope: .all)
            #expect(step == (asks < 2 ? .act(scale) : .hold([.actWithoutEffect(scale, asks: 2)])))
            events += [.asking(id, scale, at: 9), .answered(id, scale, .done)]
        }
    }

    static let clocks: [(now: Int64, isLookedFor: Bool)] = [
        (100, true), (109, true), (110, false), (99, false), (.max, false),
    ]

    /// A clock that was set back makes nobody wait longer than the time in which a controller settles.
    @Test(arguments: clocks) func anActThatNobodyAnsweredIsLookedForForATime(now: Int64, isLookedFor: Bool)
        throws
    {
        let found = try Self.picture(structure: [:], settings: ["A": "1"], image: nil)
        let pull = MigrationAct.pull(image: "r/shop:v3")
        let state = try Self.state([.adopted(found.id), .asking(found.id, pull, at: 100)])
        let step = MigrationStep.next(
            try Self.wish(), state.course(of: found.id), after: Self.sight(found), now: now,
            settling: .seconds(10), scope: .all)
        #expect(step == (isLookedFor ? .look(for: pull, until: 110) : .act(pull)))
    }

    /// The application of the new id may be somebody else's: nothing is changed there on the word of the old id.
    @Test func anApplicationThatGetsAnotherIdBeginsAnew() throws {
        let found = try Self.picture(structure: [:], settings: [:], image: nil)
        var plan = try Self.plan()
        plan.renames = [.init(old: found.id, new: try #require(ApplicationID("weblog")))]
        let begun = [
            MigrationEvent.asking(found.id, .create, at: 9), .answered(found.id, .create, .done),
        ]
        let same = try Self.state(begun + [.planned(try Self.plan())])
        #expect(same.course(of: found.id).isOwn)
        let state = try Self.state(begun + [.planned(plan)])
        #expect(state.course(of: found.id) == ApplicationCourse())
        let step = MigrationStep.next(
            try Self.wish(), state.course(of: found.id), after: Self.sight(found), now: 9, settling: .zero,
            scope: .all)
        #expect(step == .hold([.idTaken(found.id, owner: found.owner)]))
    }

    struct Doubt: Sendable {
        var isNew: Bool
        var change: @Sendable (inout ApplicationPicture) -> Void
    }

    static let doubts: [Doubt] = [
        Doubt(isNew: true) { _ in },
        Doubt(isNew: true) { $0.settings.values.values = ["DEIS_APP": "shop"] },
        Doubt(isNew: false) { $0.settings.values.values = ["A": "1"] },
        Doubt(isNew: false) { $0.settings.tags = ["a": "b"] },
        Doubt(isNew: false) { $0.release.version = 2 },
        Doubt(isNew: false) { $0.release.build = .init(image: "i", procfile: [:]) },
        Doubt(isNew: false) { $0.domains = Set([DomainName("shop.org")].compactMap(\.self)) },
        Doubt(isNew: false) { $0.collaborators = Set([AccountName("bob")].compactMap(\.self)) },
        Doubt(isNew: false) { $0.containers = [.init(type: "web", state: "up")] },
    ]

    /// A creation without an answer is this migration's only while nobody has changed anything.
    @Test(arguments: doubts) func anApplicationThatMayBeItsOwnIsAsItWasCreated(
        doubt: Doubt
    ) throws {
        var found = try Self.picture(structure: [:], settings: [:], image: nil)
        found.release.version = 1
        doubt.change(&found)
        let there = found
        let asked = MigrationEvent.asking(there.id, .create, at: 9)
        func step(_ events: [MigrationEvent]) throws -> MigrationStep {
            MigrationStep.next(
                try Self.wish(), try Self.state(events).course(of: there.id), after: Self.sight(there),
                now: 9, settling: .zero, scope: .all)
        }
        func answered(_ answer: MigrationEvent.Answer) throws -> MigrationStep {
            try step([asked, .answered(there.id, .create, answer)])
        }
        let taken = MigrationStep.hold([.idTaken(there.id, owner: there.owner)])
        let inDoubt = doubt.isNew ? MigrationStep.seen(.create) : taken
        #expect(try step([asked]) == inDoubt)
        #expect(try answered(.unheard(why: "x")) == inDoubt)
        #expect(try step([]) == taken)
        #expect(try answered(.refused(status: 400, said: "x")) == taken)
        #expect(try answered(.done) != taken)
    }

    /// A record in which an act follows the creation without its answer is an earlier turnstile's, which had looked.
    @Test func anApplicationThatWasGoneOnWithIsItsOwn() throws {
        let id = try #require(ApplicationID("shop"))
        let state = try Self.state([.asking(id, .create, at: 9), .asking(id, .configure, at: 10)])
        #expect(state.course(of: id).isOwn)
    }

    // MARK: Names

    @Test(arguments: ["Shop", "", "a b", "a;b", "../x", String(repeating: "a", count: 65)])
    func whatIsNoApplicationIsNotTaken(text: String) { #expect(ApplicationID(text) == nil) }

    @Test(arguments: [
        "org", "a..org", "*.shop.org", "shop.org.", "a\nb.org", "Shop.org", "a b.org", "-i.org", "shop-.org",
    ])
    func whatIsNoDomainIsNotTaken(text: String) { #expect(DomainName(text) == nil) }

    // MARK: Names that come over

    static let standings: [(addresses: [String: Int?], old: Int?, standing: CutOver.Standing)] = [
        (["10.1.0.1": 200], 200, .new), (["10.1.0.1": 200, "10.1.0.2": nil], 200, .new),
        (["10.0.0.1": 200], 200, .old(addresses: ["10.0.0.1"])),
        (["10.0.0.1": 200, "10.1.0.1": 200], 200, .old(addresses: ["10.0.0.1"])), ([:], 200, .nowhere),
        (["10.1.0.1": 503], 200, .wrong(status: 503, expected: 200)),
        (["10.1.0.1": nil], 200, .wrong(status: nil, expected: 200)),
        (["10.1.0.1": nil], nil, .wrong(status: nil, expected: nil)),
        (["10.1.0.1": 200, "10.1.0.2": 503], 200, .wrong(status: 503, expected: 200)),
        // The old cluster's answer is not known: a router's own answer is not told from the application's.
        (["10.1.0.1": 200], nil, .new), (["10.1.0.1": 401], nil, .new),
        (["10.1.0.1": 503], nil, .unknown(status: 503)), (["10.1.0.1": 404], nil, .unknown(status: 404)),
        (["10.1.0.1": 200, "10.1.0.2": 502], nil, .unknown(status: 502)),
        // The application had a fault at the old cluster.
        (["10.1.0.1": 503], 500, .new), (["10.1.0.1": 404], 500, .unknown(status: 404)),
        (["10.1.0.1": 404], 404, .new),
    ]

    @Test(arguments: standings)
    func aNameIsOverOnceItLeadsThereAndAnswers(
        addresses: [String: Int?], old: Int?, standing: CutOver.Standing
    ) throws {
        let name = try #require(DomainName("shop.org"))
        let id = try #require(ApplicationID("shop"))
        let cutOver = CutOver(
            id, [ExpectedAnswer(name: name, status: old)], new: ["10.1.0.1", "10.1.0.2"],
            sights: [
                name: NameSight(addresses: Set(addresses.keys), statuses: addresses.compactMapValues(\.self))
            ], requests: RouterRequests(names: [name: 3], others: 9))
        #expect(cutOver.names.map(\.standing) == [standing])
        #expect(cutOver.isMoved == (standing == .new))
        #expect(cutOver.oldRequests == 3)
    }

    @Test func anOldClusterIsClearOnceNothingNeedsIt() throws {
        let ids = try ["a", "b", "c", "d"].map { try #require(ApplicationID($0)) }
        let name = try #require(DomainName("a.new.org"))
        let state = try Self.state([
            .proved(ids[0], name: name), .cutOver(ids[0]), .proved(ids[1], name: name),
            .adopted(ids[2]),
        ])
        let names = try ["a.old.org", "b.old.org"].map { try #require(DomainName($0)) }
        let audit = RetirementAudit(
            state, applications: ids,
            requests: RouterRequests(names: [names[0]: 2, names[1]: 0], others: 0))
        #expect(audit.unmoved == [ids[1]] && audit.unproved == [ids[2]] && audit.unknown == [ids[3]])
        #expect(audit.asked == [names[0]: 2] && !audit.isClear)
        // Scanners and health checks go on for ever, and need no old cluster.
        let scanned = RouterRequests(names: [:], others: 5_000)
        #expect(RetirementAudit(state, applications: [ids[0]], requests: scanned).isClear)
    }
}
