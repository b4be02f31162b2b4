import Foundation
import RolloutJournal

/// A rollout as one page that needs nothing else: a picture of its phases, and its tables.
struct TimelinePage {
    private let sections: TimelineSections

    init(_ sections: TimelineSections) { self.sections = sections }

    private var timeline: RolloutTimeline { sections.timeline }

    /// No script runs on it, and nothing is fetched by it.
    var text: String {
        let heading = "Rollout \(timeline.rollout): \(timeline.state.rawValue)"
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="color-scheme" content="light dark">
            <title>\(HTML.escaped(heading))</title>
            <style>\(TimelinePageStyle.text)</style>
            </head>
            <body>
            <h1>\(HTML.escaped(heading))</h1>
            \(facts)
            <div class="scroll">\(PhasePicture(timeline, now: sections.now).svg)</div>
            \(legend)
            \(sections.all.map(table).joined(separator: "\n"))
            <p class="dim">Times are UTC. Made at \(sections.now.formatted(.iso8601)).</p>
            </body>
            </html>

            """
    }

    private var facts: String {
        let rows = sections.facts.map { name, value in
            "<dt>\(HTML.escaped(name))</dt><dd>\(HTML.escaped(value))</dd>"
        }
        return "<dl>\(rows.joined())</dl>"
    }

    private var legend: String {
        let items = PhasePicture.legend.map { group, words in
            "<li><span class=\"swatch \(group.rawValue)\"></span>\(HTML.escaped(words))</li>"
        }
        let marks = [
            ("out", "out: told to reboot, and not committed or rolled back yet"),
            ("taken", "a turnstile took the rollout up"), ("cut", "a long wait, drawn shorter"),
        ].map { "<li><span class=\"swatch \($0)\"></span>\($1)</li>" }
        return "<ul class=\"legend\">\((items + marks).joined())</ul>"
    }

    private func table(_ section: TimelineSections.Section) -> String {
        let header = section.header.map { "<th scope=\"col\">\(HTML.escaped($0))</th>" }
        let rows = section.rows.map { row in
            "<tr>\(row.map { "<td>\(HTML.escaped($0))</td>" }.joined())</tr>"
        }
        let leftOut = section.leftOut > 0 ? "<p>\(section.leftOut) earlier ones are left out.</p>\n" : ""
        return """
            <h2>\(HTML.escaped(section.title))</h2>
            \(leftOut)<div class="scroll"><table>
            <thead><tr>\(header.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table></div>
            """
    }
}

/// The style of every rollout's page.
enum TimelinePageStyle {
    static let text = """
        :root { color-scheme: light dark; --text: #1b1f24; --back: #ffffff; --line: #d4d9df; --dim: #59636e;
          --waiting: #b4bcc6; --work: #2f6fb0; --away: #c2410c; --proving: #d9a406; --held: #7c4bb0; --out: #a3121f;
          --cut: #eef1f4; }
        @media (prefers-color-scheme: dark) { :root { --text: #e4e8ec; --back: #14181d; --line: #343b44;
          --dim: #9aa5b1; --waiting: #5d6874; --work: #6aa6e0; --away: #f0793a; --proving: #e8c14b; --held: #b08be0;
          --out: #ff7d88; --cut: #20262d; } }
        * { box-sizing: border-box; }
        body { margin: 2rem; color: var(--text); background: var(--back); font: 14px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; margin: 1.6rem 0 .3rem; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; }
        dt, .dim { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
        .scroll { overflow-x: auto; }
        svg { display: block; width: 100%; min-width: 640px; max-width: 1200px; fill: currentColor;
          font-size: 12px; }
        svg .time { fill: var(--dim); font-size: 11px; } svg .tick { fill: var(--line); }
        .waiting { fill: var(--waiting); background: var(--waiting); }
        .work { fill: var(--work); background: var(--work); }
        .away { fill: var(--away); background: var(--away); }
        .proving { fill: var(--proving); background: var(--proving); }
        .held { fill: var(--held); background: var(--held); }
        .out { fill: var(--out); background: var(--out); }
        .taken { fill: var(--text); background: var(--text); }
        .cut { fill: var(--cut); background: var(--cut); }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; padding: 0;
          color: var(--dim); }
        .swatch { display: inline-block; width: 1.1em; height: .8em; margin-right: .4em; }
        .swatch.out { height: .3em; vertical-align: middle; } .swatch.taken { width: .15em; }
        .swatch.cut { outline: 1px solid var(--line); }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { padding: .2rem .7rem .2rem 0; border-bottom: 1px solid var(--line); text-align: left;
          vertical-align: top; overflow-wrap: anywhere; min-width: 3.5rem; }
        th { font-size: .85em; color: var(--dim); }
        @media print { :root { --text: #000; --back: #fff; --line: #bbb; --dim: #444; }
          body { margin: 0; font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          .scroll { overflow: visible; } svg { min-width: 0; } tr, li, h2 { break-inside: avoid; }
          h2 { break-after: avoid; } thead { display: table-header-group; } }
        """
}
