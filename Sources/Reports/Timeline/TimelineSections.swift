import Foundation
import RolloutJournal
import RolloutModel

/// A timeline as facts and tables of plain text, before it takes the form of any view.
struct TimelineSections {
    let timeline: RolloutTimeline
    /// The moment up to which unfinished times are measured.
    let now: Date

    struct Section {
        var title: String
        var header: [String]
        var rows: [[String]]
        /// How many earlier ones the timeline does not have any more.
        var leftOut = 0
    }

    var facts: [(name: String, value: String)] {
        let age =
            timeline.endedAt == nil
            ? RolloutText.age(since: timeline.lastEntryAt, now: now).map { ", \($0) ago" } ?? "" : ""
        return [
            ("rollout", timeline.rollout), ("purpose", timeline.purpose.rawValue),
            ("state", timeline.state.rawValue),
            ("target", timeline.target ?? (timeline.purpose == .upgrade ? "not known yet" : "none")),
            ("operator", timeline.operatorName), ("planned", timeline.createdAt),
            ("ended", timeline.endedAt ?? "not yet"), ("last entry", timeline.lastEntryAt + age),
            ("entries", "\(timeline.entries)"), ("sha256", timeline.digest),
        ]
    }

    /// The sections that are not empty.
    var all: [Section] {
        [hosts, phases, holds, decisions, evidence, hookWords, attachments].filter { !$0.rows.isEmpty }
    }

    private var hosts: Section {
        Section(
            title: "Hosts", header: ["HOST", "MACHINE", "BEFORE", "AFTER", "RESULT", "OUT FOR"],
            rows: timeline.hosts.map { host in
                [
                    host.host, host.machine, host.versionBefore, host.versionAfter ?? "-",
                    host.result.map(TimelineWords.words) ?? "-", out(host),
                ]
            })
    }

    /// With what is not over.
    private func out(_ host: RolloutTimeline.Host) -> String {
        if let last = host.phases.last.last, last.isOut, !last.isOver { return "out since \(last.began)" }
        return host.outTime > .zero || host.phases.last.contains(where: \.isOut)
            ? RolloutText.elapsed(host.outTime) : "-"
    }

    private var phases: Section {
        let rows = timeline.hosts.flatMap { host in
            host.phases.last.map { phase in
                [
                    host.host, TimelineWords.words(phase.kind), phase.began,
                    TimelineWords.took(phase.took, since: phase.began, isOver: phase.isOver, now: now),
                    phase.isOut ? "out" : "-",
                ]
            }
        }
        return Section(
            title: "Phases", header: ["HOST", "PHASE", "BEGAN", "TOOK", "OUT"], rows: rows,
            leftOut: timeline.hosts.reduce(0) { $0 + $1.phases.leftOut })
    }

    private var holds: Section {
        let rows = timeline.holds.last.flatMap { hold -> [[String]] in
            let took = TimelineWords.took(hold.took, since: hold.began, isOver: hold.isOver, now: now)
            let reasons = hold.reasons.map { [hold.began, took, hold.host ?? "-", $0.gate, $0.says] }
            guard hold.reasonsLeftOut > 0 else { return reasons }
            return reasons + [[hold.began, took, hold.host ?? "-", "-", "and \(hold.reasonsLeftOut) more"]]
        }
        return Section(
            title: "Holds", header: ["BEGAN", "FOR", "AT HOST", "GATE", "REASON"], rows: rows,
            leftOut: timeline.holds.leftOut)
    }

    private var decisions: Section {
        Section(
            title: "Decisions", header: ["AT", "BY", "WHAT", "HOST", "GATE", "REASON"],
            rows: timeline.decisions.last.map { decision in
                [
                    decision.at, decision.by, TimelineWords.words(decision.kind), decision.host ?? "-",
                    decision.gate ?? "-", decision.reason ?? "-",
                ]
            }, leftOut: timeline.decisions.leftOut)
    }

    /// A row for each time that gates opened.
    private var evidence: Section {
        Section(
            title: "Evidence", header: ["AT", "HOST", "PHASE", "WHAT WAS SEEN"],
            rows: timeline.evidence.last.map { evidence in
                let words = EvidenceText.lines(evidence.seen, isUnreadable: evidence.unreadable == true)
                return [
                    evidence.at, evidence.host, TimelineWords.words(evidence.phase),
                    words.joined(separator: "; "),
                ]
            }, leftOut: timeline.evidence.leftOut)
    }

    private var hookWords: Section {
        Section(
            title: "Hooks", header: ["AT", "HOOK", "RAN ON", "ABOUT", "SAID", "TIMES", "OUTPUT"],
            rows: timeline.hookWords.last.map { words in
                [
                    words.at, words.hook, words.on ?? "here", words.host ?? "-", words.verdict.rawValue,
                    "\(words.times)", words.output.isEmpty ? "-" : words.output,
                ]
            }, leftOut: timeline.hookWords.leftOut)
    }

    private var attachments: Section {
        Section(
            title: "Taken up", header: ["AT", "BY", "TOKEN", "SETTINGS THAT DIFFER"],
            rows: timeline.attachments.last.map { attachment in
                [
                    attachment.at, attachment.by, "\(attachment.token)", TimelineWords.words(attachment),
                ]
            }, leftOut: timeline.attachments.leftOut)
    }
}
