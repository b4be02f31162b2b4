import Synchronization

/// A person's wish to stop after the host at work. Set from a signal, read by the driver between steps.
public final class HoldSwitch: Sendable {
    private let isSet = Mutex(false)

    public init() {}

    public func ask() { isSet.withLock { $0 = true } }

    public var isAsked: Bool { isSet.withLock { $0 } }
}
