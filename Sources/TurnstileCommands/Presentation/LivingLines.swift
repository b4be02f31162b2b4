import Reports

/// Lines on a terminal that are written over in place.
struct LivingLines {
    let write: (String) -> Void
    private var shown: [String] = []

    init(write: @escaping (String) -> Void) { self.write = write }

    /// Writes lines over those of before. Only what differs from the last time is worth writing.
    ///
    /// - Parameter columns: of the terminal now. The lines that were written for a wider one wrap in it.
    mutating func paint(_ lines: [String], columns: Int) {
        guard lines != shown else { return }
        let rows = shown.reduce(0) { $0 + Terminal.rows(of: $1, columns: columns) }
        for _ in 0..<rows { write(Terminal.eraseLineAbove + "\n") }
        for line in lines { write(line + "\n") }
        shown = lines
    }
}
