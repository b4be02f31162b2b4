/// Tables in a room of so many columns.
extension Columns {
    /// The widths of the columns by themselves.
    var natural: [Int] { measured { $0.columns } }

    private func measured(_ measure: (String) -> Int) -> [Int] {
        header.indices.map { place in
            ([header[place]] + rows.compactMap { place < $0.count ? $0[place].text : nil }).map(measure).max()
                ?? 0
        }
    }

    /// The table without the columns that there is no room for, and their titles.
    func fitted(to room: Int) -> (table: Columns, left: [String]) {
        var widths = Dictionary(zip(header, natural), uniquingKeysWith: max)
        var left: [String] = []
        for title in dispensable {
            let width = widths.values.reduce(0) { $0 + $1 } + Self.gap * (widths.count - 1)
            guard width > room else { break }
            if widths.removeValue(forKey: title) != nil { left.append(title) }
        }
        let places = header.indices.filter { !left.contains(header[$0]) }
        var table = self
        table.header = places.map { header[$0] }
        table.rows = rows.map { row in places.filter { $0 < row.count }.map { row[$0] } }
        return (table, header.filter(left.contains))
    }

    /// The widths of the columns in a room. The widest give way first. No word is broken while there is another way.
    func widths(in room: Int) -> [Int] {
        let natural = natural
        let space = max(header.count, room - Self.gap * (header.count - 1))
        guard natural.reduce(0, +) > space else { return natural }
        let words = measured { $0.split(separator: " ").map(\.columns).max() ?? 0 }
        let least = words.reduce(0, +) <= space ? words : header.map { _ in 1 }
        var widths = Self.share(space, natural, least)
        if let last = widths.indices.last {
            widths[last] = min(natural[last], widths[last] + max(0, space - widths.reduce(0, +)))
        }
        return widths
    }

    /// The widths that fit, none of them wider than the others need be.
    private static func share(_ space: Int, _ natural: [Int], _ least: [Int]) -> [Int] {
        func widths(_ most: Int) -> [Int] { zip(natural, least).map { max($1, min($0, most)) } }
        var (low, high) = (0, natural.max() ?? 0)
        while low < high {
            let middle = (low + high + 1) / 2
            if widths(middle).reduce(0, +) <= space { low = middle } else { high = middle - 1 }
        }
        return widths(low)
    }

    /// A cell's text in lines, which keep the blanks that it begins with. A quotation may be a command: the last column has it
    /// whole, whatever its length.
    static func wrapped(_ text: String, to width: Int, isLast: Bool) -> [String] {
        guard text.columns > width else { return [text] }
        let indent = min(text.prefix { $0 == " " }.count, width / 2)
        let words = WrappedText.words(text, quotationMax: isLast ? .max : width)
        let wrapped = WrappedText(columns: width)
        return wrapped.lines(words, indent: indent).flatMap { line in
            let isQuotation = line.drop { $0 == " " }.contains(" ")
            return isLast && isQuotation ? [line] : wrapped.broken(line)
        }
    }
}
