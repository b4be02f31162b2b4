import Synchronization

/// A person's wish to stop after the host at work. Set from a signal, read by the driver between steps.
public final class HoldSwitch: Sendable {
    private let isSet = Mutex(false)
    private let isAskedElsewhere: @Sendable () async -> Bool

    /// - Parameter isAskedElsewhere: looked at whenever this is; for wishes that come from outside the process.
    public init(orAsked isAskedElsewhere: @escaping @Sendable () async -> Bool = { false }) {
        self.isAskedElsewhere = isAskedElsewhere
    }

    public func ask() { isSet.withLock { $0 = true } }

    public var isAsked: Bool {
        get async {
            if isSet.withLock({ $0 }) { return true }
            return await isAskedElsewhere()
        }
    }
}
