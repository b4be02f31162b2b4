import RolloutModel

/// How often each thing goes wrong, and until when. After `end` everything is mended and nothing more goes wrong.
public struct Faults: Hashable, Sendable {
    /// Seconds after which there are none.
    public var end: Double
    /// Of one question to a host: no connection at all.
    public var refused: Double
    /// Of one question: no answer until a timeout.
    public var stalled: Double
    /// Of one request that changes a host: the connection is cut before the host hears of it.
    public var dropped: Double
    /// Of one request that changes a host: it acts, and its reply is lost.
    public var replyLost: Double
    /// Of one reboot: each of the fates it may have.
    public var strangeBoot: Double
    /// Of one journal entry: the disk is full, or the power goes in the middle of a line.
    public var failedWrite: Double
    /// Of one question: the coordinator dies before it, or after it.
    public var crash: Double
    /// Seconds between two happenings in the world, on average: members ill, fleet silent, views stale or split.
    public var worldSeconds: Double
    /// Of a rollout: the channel moves on in the midst of it.
    public var channelMoves: Double

    public static let none = Faults(
        end: 0, refused: 0, stalled: 0, dropped: 0, replyLost: 0, strangeBoot: 0, failedWrite: 0, crash: 0,
        worldSeconds: .infinity, channelMoves: 0)

    /// What goes wrong in a usual one: a rack of old machines, a laptop on a train.
    public static let usual = Faults(
        end: .infinity, refused: 0.0005, stalled: 0.0005, dropped: 0.01, replyLost: 0.01, strangeBoot: 0.05,
        failedWrite: 0.0001, crash: 0.00005, worldSeconds: 3600, channelMoves: 0.05)

    /// A bad night.
    public static let rough = Faults(
        end: 2700, refused: 0.004, stalled: 0.002, dropped: 0.05, replyLost: 0.05, strangeBoot: 0.12,
        failedWrite: 0.004, crash: 0.002, worldSeconds: 240, channelMoves: 0.06)
}
