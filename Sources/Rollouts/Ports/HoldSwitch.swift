import RolloutModel
import Synchronization

/// The wish to stop after the host at work. Set from a signal, read by the driver between steps.
public final class HoldSwitch: Sendable {
    private let own = Mutex<HoldAsker?>(nil)
    private let askerElsewhere: @Sendable () async -> HoldAsker?

    /// - Parameter askerElsewhere: looked at whenever this is; for wishes that come from outside the process.
    public init(orAsked askerElsewhere: @escaping @Sendable () async -> HoldAsker? = { nil }) {
        self.askerElsewhere = askerElsewhere
    }

    /// - Parameter by: the origin of the wish. The first one counts.
    public func ask(by asker: HoldAsker) { own.withLock { $0 = $0 ?? asker } }

    /// The origin of the wish; nil where there is none.
    public var asker: HoldAsker? {
        get async {
            if let asker = own.withLock({ $0 }) { return asker }
            return await askerElsewhere()
        }
    }

    public var isAsked: Bool { get async { await asker != nil } }
}
