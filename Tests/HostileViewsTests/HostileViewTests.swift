import HostileViews
import Testing

/// Foreign text is shown and never obeyed: by a terminal, a spreadsheet, a browser, or a shell it is pasted into.
@Suite struct HostileViewTests {
    @Test func harmlessValuesAreShownWithoutAComplaint() async throws {
        for view in try await HostileView.all() {
            #expect(try await view.harmless() == nil, "\(view)")
        }
    }

    /// Scripts/fuzz does so for millions.
    @Test func nothingHostileIsObeyed() async throws {
        let views = try await HostileView.all()
        var shown = 0
        for seed in 0..<404 as Range<UInt64> {
            let view = views[Int(seed % UInt64(views.count))]
            switch await view.outcome(seed: seed) {
            case .refused: break
            case .shown(let count): shown += count
            case .obeyed(let name, let why): Issue.record("seed \(seed): \(view), \(name): \(why)")
            }
        }
        #expect(shown > 3000)
    }
}
