/// Columns as Go's tabwriter sets them for fleetctl: padded with tabs to eight-column stops, the last one not at all.
enum TabTable {
    static func text(_ rows: [[String]]) -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            // A single column of padding, then up to the next stop.
            let widest = rows.filter { column < $0.count - 1 }.map { $0[column].utf8.count }.max() ?? 0
            return (widest + 1 + 7) / 8 * 8
        }
        return rows.map { row in
            row.enumerated().map { column, cell in
                guard column < row.count - 1 else { return cell }
                return cell + String(repeating: "\t", count: (widths[column] - cell.utf8.count + 7) / 8)
            }.joined() + "\n"
        }.joined()
    }
}
