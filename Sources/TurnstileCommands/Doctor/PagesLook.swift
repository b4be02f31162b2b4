import RolloutModel
import Settings

/// Asks the operator's pages as a rollout would.
struct PagesLook: Sendable {
    let pages: [HTTPGate]
    let progress: CheckupProgress

    init(_ pages: [HTTPGate], _ progress: CheckupProgress) {
        self.pages = pages
        self.progress = progress
    }

    func findings() async -> [Checkup.Finding] {
        await withTaskGroup(of: (Int, Checkup.Finding).self) { group in
            for (place, page) in pages.enumerated() {
                group.addTask { (place, await finding(page)) }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func finding(_ page: HTTPGate) async -> Checkup.Finding {
        let name = ForeignText.line(page.shownURL, charactersMax: 200)
        progress.asks(name, "page")
        defer { progress.heard(name) }
        guard let why = await page.ask() else { return .ok(.pages, .here, "\(name) says yes") }
        return .warning(
            .pages, .here, "\(name): \(why). A rollout would hold now",
            fix: ["see why it says so, or change \(set: "gates.http")"])
    }
}
