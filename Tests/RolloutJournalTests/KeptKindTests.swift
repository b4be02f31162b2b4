import KeptFormats
import RolloutJournal
import RolloutModel
import Testing

/// All kinds of entries, events, intents and holds, and the names in them, are in a kept journal of the present format.
@Suite struct KeptKindTests {
    let entries: [JournalEntry]

    init() throws {
        entries = try KeptJournal.present.flatMap { try $0.entries() }
    }

    private var events: [RolloutMachine.Event] {
        entries.compactMap { entry in
            guard case .event(let event) = entry.what else { return nil }
            return event
        }
    }

    private var intents: [RolloutMachine.Intent] {
        entries.compactMap { entry in
            guard case .intent(let intent) = entry.what else { return nil }
            return intent
        }
    }

    private var holds: [HoldReason] {
        events.flatMap { event -> [HoldReason] in
            switch event {
            case .gatesHeld(let reasons), .step(_, _, .gatesHeld(let reasons)): reasons
            default: []
            }
        }
    }

    @Test func everyEntryIsKept() {
        #expect(missing(entries.map { EntryKind($0.what) }) == [])
    }

    @Test func everyEventIsKept() {
        #expect(missing(events.map { EventKind($0) }) == [])
    }

    @Test func everyIntentIsKept() {
        #expect(missing(intents.map { IntentKind($0) }) == [])
    }

    @Test func everyHoldIsKept() {
        #expect(missing(holds.map { HoldKind($0) }) == [])
    }

    /// Names in holds, plans and words.
    @Test func everyNameIsKept() {
        let names = FoundValues(in: entries)
        #expect(missing(names.of(HostTrouble.self)) == [])
        #expect(missing(names.of(HostFacts.Untold.self)) == [])
        #expect(missing(names.of(EtcdRule.self)) == [])
        #expect(missing(names.of(ReleasePart.self)) == [])
        #expect(missing(names.of(PrefetchDoubt.self)) == [])
        #expect(missing(names.of(Hook.self)) == [])
        #expect(missing(names.of(OverridableGate.self)) == [])
        #expect(missing(names.of(PlatformWish.Way.self)) == [])
        #expect(missing(names.of(DeisctlVerb.self)) == [])
        #expect(missing(names.of(StepsEvent.Found.self).map { FoundKind($0) }) == [])
    }

    /// A new key of the plan is not in any kept journal yet.
    @Test func everyKeyOfAPlanIsKept() {
        let fields = FilledFields(in: entries)
        #expect(fields.empty(of: Plan.self) == [])
        #expect(fields.empty(of: PlannedHost.self) == [])
        #expect(fields.empty(of: HostUnits.self) == [])
        #expect(fields.empty(of: HookWord.self) == [])
        #expect(fields.empty(of: StagedContents.self) == [])
        #expect(fields.empty(of: ConfigurationMark.self) == [])
        #expect(fields.empty(of: FleetUnits.self) == [])
        #expect(fields.empty(of: PlatformPlan.self) == [])
        #expect(fields.empty(of: PlatformWish.self) == [])
        #expect(fields.empty(of: PlatformBaseline.self) == [])
        #expect(fields.empty(of: PlatformMeans.self) == [])
        #expect(fields.empty(of: GateEvidence.self) == [])
    }

    /// A journal from before evidence was kept has none, and says so.
    @Test func evidenceIsKeptAndItsAbsenceToo() throws {
        let openings = entries.filter { entry in
            if case .event(.gatesOpened) = entry.what { true } else { false }
        }
        #expect(openings.contains { $0.evidence != nil } && openings.contains { $0.evidence == nil })
        #expect(entries.allSatisfy { $0.evidence == nil || openings.contains($0) })
    }

    private func missing<Kind: CaseIterable & Hashable>(_ found: [Kind]) -> [Kind] {
        Kind.allCases.filter { !found.contains($0) }
    }
}
