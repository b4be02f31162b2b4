/// Tells, once, that a host is waited for while nothing of it is heard.
struct SilenceNotice {
    /// A host that is there takes a call sooner, wherever it is.
    static let afterCall = Duration.milliseconds(400)
    /// A busy sshd may take its time.
    static let afterConnect = Duration.seconds(5)

    private var notice: (@Sendable () -> Void)?

    init(_ notice: (@Sendable () -> Void)?) { self.notice = notice }

    /// True if there is somebody left to tell.
    var isPending: Bool { notice != nil }

    mutating func give() {
        notice?()
        notice = nil
    }
}
