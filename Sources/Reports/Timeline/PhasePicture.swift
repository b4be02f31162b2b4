import Foundation
import RolloutJournal
import RolloutModel

/// Every host's phases as bars over time, and under them the time in which the host was out.
struct PhasePicture {
    private let timeline: RolloutTimeline
    private let now: Date
    private let scale: TimelineScale

    private static let (width, left, top, rowHeight) = (1000.0, 150.0, 24.0, 26.0)
    private static let ticks = 6

    init(_ timeline: RolloutTimeline, now: Date) {
        self.timeline = timeline
        self.now = now
        let phases = timeline.hosts.flatMap(\.phases.last)
        let times = phases.map(\.began) + timeline.attachments.last.map(\.at) + [timeline.lastEntryAt]
        let ends = phases.compactMap { Self.end(of: $0, now: now) }
        scale = TimelineScale(times.compactMap(Self.moment) + ends)
    }

    var svg: String {
        let height = Self.top + Double(timeline.hosts.count) * Self.rowHeight + 4
        let rows = timeline.hosts.enumerated().map { row($1, at: Self.top + Double($0) * Self.rowHeight) }
        return """
            <svg viewBox="0 0 \(Self.text(Self.width)) \(Self.text(height))" role="img" aria-labelledby="phases">
            <title id="phases">Phases of \(timeline.hosts.count) hosts over time</title>
            \(cuts(height))
            \(axis(height))
            \(rows.joined(separator: "\n"))
            \(attachments(height))
            </svg>
            """
    }

    /// The groups of phases that are drawn alike, with their words.
    static let legend: [(group: Group, words: String)] = [
        (.waiting, "gates are asked"), (.work, "work on it"), (.away, "rebooting"),
        (.proving, "back, not proved whole"), (.held, "held"),
    ]

    enum Group: String {
        case waiting, work, away, proving, held

        init(_ kind: RolloutTimeline.Phase.Kind) {
            self =
                switch kind {
                case .gates, .staged, .settling, .retreating: .waiting
                case .staging, .draining, .committing, .uncordoning, .givingBack: .work
                case .away, .goingBack: .away
                case .proving, .recovering: .proving
                case .held: .held
                }
        }
    }

    // MARK: Rows

    private func row(_ host: RolloutTimeline.Host, at top: Double) -> String {
        let label = ShortText.clipped(host.host, to: 20)
        let name = """
            <text x="\(Self.text(Self.left - 8))" y="\(Self.text(top + 16))" text-anchor="end">\
            \(HTML.escaped(label))</text>
            """
        return ([name] + host.phases.last.compactMap { bar($0, of: host.host, at: top) })
            .joined(separator: "\n")
    }

    private func bar(_ phase: RolloutTimeline.Phase, of host: String, at top: Double) -> String? {
        guard let began = Self.moment(phase.began), let end = Self.end(of: phase, now: now) else {
            return nil
        }
        let (from, to) = (x(began), x(end))
        let took = TimelineWords.took(phase.took, since: phase.began, isOver: phase.isOver, now: now)
        let title = "\(host): \(TimelineWords.words(phase.kind)), \(took), from \(phase.began)"
        let bar = Self.rect(from, to, top + 3, 14, Group(phase.kind).rawValue, title)
        return phase.isOut ? bar + Self.rect(from, to, top + 18, 4, "out", "\(host): out") : bar
    }

    // MARK: Around them

    private func axis(_ height: Double) -> String {
        let isLong =
            (scale.moment(at: 1)?.time(since: scale.moment(at: 0) ?? now) ?? .zero) > .seconds(86_400)
        return (0..<Self.ticks).compactMap { tick -> String? in
            let share = Double(tick) / Double(Self.ticks - 1)
            guard let moment = scale.moment(at: share) else { return nil }
            let time = moment.formatted(.iso8601)
            // 2026-11-24T09:16:05Z
            let (day, clock) = (time.dropFirst(5).prefix(5), time.dropFirst(11))
            let label = isLong ? "\(day) \(clock.prefix(5))" : "\(clock.prefix(8))"
            let place = Self.left + share * (Self.width - Self.left)
            let anchor = tick == 0 ? "start" : tick == Self.ticks - 1 ? "end" : "middle"
            return """
                <rect x="\(Self.text(place - 0.5))" y="\(Self.text(Self.top - 6))" width="1" \
                height="\(Self.text(height - Self.top + 6))" class="tick"/>\
                <text x="\(Self.text(place))" y="12" text-anchor="\(anchor)" class="time">\(label)</text>
                """
        }.joined(separator: "\n")
    }

    private func cuts(_ height: Double) -> String {
        scale.cuts.map { cut in
            Self.rect(
                x(cut.from), x(cut.to), Self.top - 6, height - Self.top + 6, "cut",
                "drawn shorter: \(RolloutText.elapsed(cut.span))")
        }.joined(separator: "\n")
    }

    private func attachments(_ height: Double) -> String {
        timeline.attachments.last.compactMap { attachment in
            Self.moment(attachment.at).map { at in
                Self.rect(
                    x(at) - 0.75, x(at) + 0.75, Self.top - 6, height - Self.top + 6, "taken",
                    "taken up by \(attachment.by), token \(attachment.token), \(attachment.at)")
            }
        }.joined(separator: "\n")
    }

    // MARK: Figures

    private func x(_ moment: Date) -> Double { x(scale.position(of: moment)) }

    private func x(_ share: Double) -> Double { Self.left + share * (Self.width - Self.left) }

    private static func rect(
        _ from: Double, _ to: Double, _ top: Double, _ height: Double, _ style: String, _ title: String
    ) -> String {
        """
        <rect x="\(text(from))" y="\(text(top))" width="\(text(max(1.5, to - from)))" height="\(text(height))" \
        class="\(style)"><title>\(HTML.escaped(title))</title></rect>
        """
    }

    private static func moment(_ time: String) -> Date? { try? Date(time, strategy: .iso8601) }

    /// nil where it could not be measured.
    private static func end(of phase: RolloutTimeline.Phase, now: Date) -> Date? {
        guard let began = moment(phase.began) else { return nil }
        if let took = phase.took { return began + took }
        return phase.isOver ? began : max(began, now)
    }

    /// With one decimal.
    private static func text(_ number: Double) -> String {
        let tenths = Int(clamping: (number * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
    }
}
