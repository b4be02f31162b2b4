import Coordinator
import HostFiles

/// How many hosts run which version: a bar a version, the newest first.
struct VersionPicture {
    private let bars: [(label: String, hosts: Int)]

    /// So many bars; what is left is one more.
    private static let barsMax = 24
    private static let (rowHeight, labelWidth, barWidth) = (24, 150, 440)

    init(_ audits: [HostAudit]) {
        let spread = HostSpread(audits) { $0.version ?? (($0.fault == nil) ? "unknown" : "unreadable") }
        let sorted = spread.values.map { (label: $0.value, hosts: $0.hosts.count) }.sorted {
            switch (ReleaseVersion($0.label), ReleaseVersion($1.label)) {
            case (let a?, let b?): a > b
            case (nil, nil): $0.label < $1.label
            case (let a, _): a != nil
            }
        }
        let rest = sorted.dropFirst(Self.barsMax)
        let others = (label: "\(rest.count) others", hosts: rest.reduce(0) { $0 + $1.hosts })
        bars = sorted.prefix(Self.barsMax) + (rest.isEmpty ? [] : [others])
    }

    var svg: String {
        let most = max(1, bars.map(\.hosts).max() ?? 1)
        let height = bars.count * Self.rowHeight
        let rows = bars.enumerated().map { row($1, at: $0 * Self.rowHeight, most: most) }
        let said = bars.map { "\($0.label): \($0.hosts)" }.joined(separator: ", ")
        return """
            <svg viewBox="0 0 640 \(height)" role="img" aria-labelledby="spread">
            <title id="spread">Hosts by version. \(HTML.escaped(said))</title>
            \(rows.joined(separator: "\n"))
            </svg>
            """
    }

    private func row(_ bar: (label: String, hosts: Int), at top: Int, most: Int) -> String {
        let width = max(2, bar.hosts * Self.barWidth / most)
        let label = ShortText.clipped(bar.label, to: 18)
        let (left, base) = (Self.labelWidth, top + 16)
        return """
            <text x="\(left - 8)" y="\(base)" text-anchor="end">\(HTML.escaped(label))</text>\
            <rect x="\(left)" y="\(top + 3)" width="\(width)" height="18" rx="2"/>\
            <text x="\(left + width + 6)" y="\(base)">\(bar.hosts)</text>
            """
    }
}
