import Foundation
import RolloutModel

/// Makes a timeline of a journal's entries, one after another. The entries are not kept.
struct TimelineFold {
    private var record: RolloutRecord
    private var timeline: RolloutTimeline
    private var places: [HostID: Int]
    private var place: TimelinePlace?
    private var isHeld = false
    private var operatorName: String

    /// nil for an entry that opens no rollout.
    init?(first entry: JournalEntry) {
        guard case .opened(_, let plan, _, _) = entry.what,
            let record = try? RolloutRecord(first: entry, path: "")
        else { return nil }
        self.record = record
        operatorName = plan.operatorName
        timeline = RolloutTimeline(opening: plan, at: entry.at)
        places = Dictionary(
            plan.hosts.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        for override in plan.overrides { decide(.override, at: entry.at, override) }
    }

    /// Takes the next entry. An entry that cannot follow is left out: readers of the journal report it.
    mutating func take(_ entry: JournalEntry) {
        let before = record.lastConfiguration
        guard (try? record.append(entry, path: "", isRead: true)) != nil else { return }
        switch entry.what {
        case .attached(let token, let by, let mark):
            operatorName = by
            timeline.attachments.append(.init(at: entry.at, by: by, token: token, from: before, to: mark))
        case .said(let word): hear(word, at: entry.at)
        case .event(let event):
            see(event)
            keep(entry, of: event)
            decide(event, at: entry.at)
            move(at: entry.at)
        case .opened, .letGo, .reserving, .intent: break
        }
    }

    func timeline(digest: String) -> RolloutTimeline {
        var timeline = timeline
        let machine = record.machine
        timeline.state = .init(machine.state)
        if machine.plan.platform == nil { timeline.target = machine.target?.rawValue }
        timeline.lastEntryAt = record.lastEntryAt
        timeline.entries = record.entryCount
        timeline.digest = digest
        for (host, result) in machine.results {
            if let index = places[host] { timeline.hosts[index].result = .init(result) }
        }
        return timeline
    }

    // MARK: Phases and holds

    /// Ends what is over at this moment, and begins what follows.
    private mutating func move(at time: String) {
        if record.machine.outcome != nil, timeline.endedAt == nil { timeline.endedAt = time }
        let next = TimelinePlace(record.machine.state)
        hold(at: time, host: next?.host)
        guard next != place else { return }
        if let place { endPhase(of: place.host, at: time) }
        place = next
        guard let next, let index = places[next.host] else { return }
        timeline.hosts[index].phases.append(
            .init(kind: next.kind, began: time, took: nil, isOver: false, isOut: next.isOut))
    }

    private mutating func endPhase(of host: HostID, at time: String) {
        guard let index = places[host] else { return }
        var out = Duration.zero
        timeline.hosts[index].phases.changeLast { phase in
            phase.isOver = true
            phase.took = Self.time(from: phase.began, to: time)
            if phase.isOut { out = phase.took ?? .zero }
        }
        timeline.hosts[index].outTime += out
    }

    private mutating func hold(at time: String, host: HostID?) {
        // The next event after a hold ends it, also where that leads to another one.
        if isHeld {
            timeline.holds.changeLast { hold in
                hold.isOver = true
                hold.took = Self.time(from: hold.began, to: time)
            }
        }
        isHeld = false
        guard let reasons = record.machine.state.held else { return }
        isHeld = true
        timeline.holds.append(.init(began: time, host: host, reasons))
    }

    // MARK: Versions, words and decisions

    private mutating func see(_ event: RolloutMachine.Event) {
        let version: Version? =
            switch event {
            case .gatesOpened(let running), .nothingOffered(let running): running
            case .returned(_, let version, _), .cameUp(_, let version, _), .committed(let version): version
            default: nil
            }
        guard let version, let index = place.flatMap({ places[$0.host] }) else { return }
        timeline.hosts[index].versionAfter = version.rawValue
    }

    /// The place is still the one in which the gates were asked, or the node was drained. A drain of a journal that has no
    /// evidence of it is left out.
    private mutating func keep(_ entry: JournalEntry, of event: RolloutMachine.Event) {
        guard let place else { return }
        switch event {
        case .gatesOpened: break
        case .evacuated where entry.evidence != nil: break
        default: return
        }
        timeline.evidence.append(
            .init(
                at: entry.at, host: place.host.rawValue, phase: place.kind, seen: entry.evidence?.bounded,
                unreadable: entry.hasUnreadableEvidence ? true : nil))
    }

    private mutating func hear(_ word: HookWord, at time: String) {
        var words = RolloutTimeline.HookWords(word, at: time)
        if let last = timeline.hookWords.last.last {
            (words.at, words.times) = (last.at, last.times)
            if words == last { return timeline.hookWords.changeLast { $0.times += 1 } }
            (words.at, words.times) = (time, 1)
        }
        timeline.hookWords.append(words)
    }

    private mutating func decide(_ event: RolloutMachine.Event, at time: String) {
        switch event {
        case .holdRequested(let by): decide(.holdAsked, at: time, by: by?.person, reason: by?.says)
        case .resumed(let retryReverted, let acceptsNoReturn, let overrides):
            decide(.resumed, at: time)
            if retryReverted { decide(.retryReverted, at: time) }
            if acceptsNoReturn == true { decide(.acceptsNoReturn, at: time) }
            for override in overrides ?? [] { decide(.override, at: time, override) }
        case .rollbackRequested(let host, _, _, _): decide(.rollbackAsked, at: time, host: host)
        case .abandonRequested: decide(.abandonAsked, at: time)
        case .lost(let host, let why, _): decide(.declaredLost, at: time, host: host, reason: why)
        default: break
        }
    }

    private mutating func decide(
        _ kind: RolloutTimeline.Decision.Kind, at time: String, _ override: GateOverride? = nil,
        host: HostID? = nil, by: String? = nil, reason: String? = nil
    ) {
        timeline.decisions.append(
            .init(
                at: time, kind: kind, by: by ?? operatorName, host: host?.rawValue,
                gate: override?.gate.rawValue, reason: override?.reason ?? reason))
    }

    /// nil where one of them is no time, or the second lies before the first.
    private static func time(from began: String, to ended: String) -> Duration? {
        guard let began = try? Date(began, strategy: .iso8601),
            let ended = try? Date(ended, strategy: .iso8601), ended >= began
        else { return nil }
        return ended.time(since: began)
    }
}
