import Foundation
import RolloutJournal

/// How a report is written.
package enum ReportFormat: String, CaseIterable, Sendable {
    /// A page of its own.
    case html
    case markdown
    case json
}

/// A rollout's timeline in every form.
package struct TimelineReport {
    private let timeline: RolloutTimeline
    private let now: Date

    /// - Parameter now: what is not over is measured up to here.
    package init(_ timeline: RolloutTimeline, now: Date = .now) {
        self.timeline = timeline
        self.now = now
    }

    private var sections: TimelineSections { TimelineSections(timeline: timeline, now: now) }

    /// With a newline at its end.
    package func text(as format: ReportFormat) throws -> String {
        switch format {
        case .html: TimelinePage(sections).text
        case .markdown: TimelineMarkdown.text(sections)
        case .json: try JSONText.document(timeline) + "\n"
        }
    }

    /// In all tables of the Markdown.
    package var tableRows: Int { sections.all.reduce(sections.facts.count) { $0 + $1.rows.count } }

    package func lines(on terminal: Terminal) -> [String] {
        let width = sections.facts.map(\.name.columns).max() ?? 0
        var lines = sections.facts.flatMap { name, value in
            HangingText(head: name.padded(to: width) + "  ", columns: terminal.columns)
                .lines(Columns.Cell(value).text)
        }
        for section in sections.all {
            var table = Columns(header: section.header)
            table.rows = section.rows.map { $0.map { .init($0) } }
            lines += ["", terminal.paint(section.title, .bold)]
            if section.leftOut > 0 { lines.append("\(section.leftOut) earlier ones are left out.") }
            lines += table.lines(on: terminal)
        }
        return lines
    }
}
