import AgentProtocol
import HostFiles

/// Everything the agent does to, or learns from, its host. Decisions are made elsewhere, from values.
///
/// Plain closures: `.live` performs them, tests hand in a simulated host.
public struct HostEffects: Sendable {
    /// Runs a command to its end.
    ///
    /// - Throws: `HostFault` where it could not be started, printed too much or outlived its deadline (then it was
    ///   killed). An exit code other than 0 is not an error here.
    public var run: @Sendable (HostCommand) async throws(HostFault) -> CommandOutcome

    /// Runs a command while `body` attends to it, line by line; kills it when `body` returns first.
    public var attend:
        @Sendable (HostCommand, _ body: (RunningCommand) async throws -> Void) async throws -> Void

    /// Asks systemd over a connection of its own, without a process. A connection costs systemd as much as a hundred
    /// answers, so further calls that follow from the first answers go over the same one.
    ///
    /// - Returns: an answer for each call, in the same order; nil where systemd did not answer in time, and for a user who
    ///   is not root. systemctl is to be asked then, and tells the reason.
    public var askSystemd: AskSystemd

    public typealias AskSystemd =
        @Sendable (_ calls: [BusCall], _ further: ([BusAnswer]) -> [BusCall]) async -> [BusAnswer]?

    public var files: HostFileAccess

    /// Runs `body` while holding the kernel's lock on the file at `path`, which is made where it is missing.
    ///
    /// - Throws: `HostFault.lockHeld` when another process kept it for all of `patience`.
    public var holdingLock:
        @Sendable (_ path: String, _ patience: Duration, _ body: () async throws -> Void) async throws -> Void

    /// Since the host's boot, the time it slept included: the same for every process, and nobody can set it.
    public var now: @Sendable () -> Duration
    public var sleep: @Sendable (Duration) async -> Void
    /// The host's clock on the wall: to be told, and never to decide by.
    public var wallClock: @Sendable () -> UTCTime
    /// sync(2): returns when what was written is on the disk.
    public var syncDisks: @Sendable () -> Void
    public var isRoot: @Sendable () -> Bool
    /// A signal asked this process to stop: clean up and leave.
    public var isInterrupted: @Sendable () -> Bool
    /// Sends a message to whoever asked; silently dropped when nobody listens any more.
    public var say: @Sendable (AgentMessage) -> Void

    public init(
        run: @escaping @Sendable (HostCommand) async throws(HostFault) -> CommandOutcome,
        attend:
            @escaping @Sendable (HostCommand, _ body: (RunningCommand) async throws -> Void) async throws
            -> Void,
        askSystemd: @escaping AskSystemd,
        files: HostFileAccess,
        holdingLock:
            @escaping @Sendable (String, Duration, _ body: () async throws -> Void) async throws -> Void,
        now: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async -> Void,
        wallClock: @escaping @Sendable () -> UTCTime,
        syncDisks: @escaping @Sendable () -> Void,
        isRoot: @escaping @Sendable () -> Bool,
        isInterrupted: @escaping @Sendable () -> Bool,
        say: @escaping @Sendable (AgentMessage) -> Void
    ) {
        self.run = run
        self.attend = attend
        self.askSystemd = askSystemd
        self.files = files
        self.holdingLock = holdingLock
        self.now = now
        self.sleep = sleep
        self.wallClock = wallClock
        self.syncDisks = syncDisks
        self.isRoot = isRoot
        self.isInterrupted = isInterrupted
        self.say = say
    }

    /// Waits for a change in the directory; without a watch, for as long as it may go unseen.
    func pause(_ watch: DirectoryWatch?, upTo limit: Duration, unwatched: Duration) async {
        if let watch { await watch.change(limit) } else { await sleep(unwatched) }
    }
}
