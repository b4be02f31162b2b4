/// The changes in a directory, from the moment at which the watch began.
public struct DirectoryWatch: Sendable {
    /// Returns once a file there was made, replaced or written since the call before; or when the time is over.
    public var change: @Sendable (_ upTo: Duration) async -> Void

    public init(change: @escaping @Sendable (_ upTo: Duration) async -> Void) { self.change = change }
}
