import RolloutModel

/// The probability of each fault, and the time after which there are none. After `end` everything is repaired and no
/// more faults happen.
public struct Faults: Hashable, Sendable {
    /// The moment from which there are no faults.
    public var end: Moment
    /// The probability, for a question to a host, that there is no connection.
    public var refused: Double
    /// The probability, for a question, that there is no answer until a timeout.
    public var stalled: Double
    /// The probability, for a request that changes a host, that the connection is cut before the host gets the request.
    public var dropped: Double
    /// The probability, for a request that changes a host, that the host acts and its reply is lost.
    public var replyLost: Double
    /// The probability, for a reboot, that it does not go as it should.
    public var strangeBoot: Double
    /// The probability, for a journal entry, that the disk is full, or the power fails in the middle of a line.
    public var failedWrite: Double
    /// The probability, for a question, that the coordinator dies before or after it.
    public var crash: Double
    /// The mean time between two events in the world: ill members, a silent fleet, stale or split views; nil for none.
    public var worldApart: Duration?
    /// The probability, for a rollout, that the channel offers another version in the middle of it.
    public var channelMoves: Double

    public static let none = Faults(
        end: .start, refused: 0, stalled: 0, dropped: 0, replyLost: 0, strangeBoot: 0, failedWrite: 0,
        crash: 0,
        worldApart: nil, channelMoves: 0)

    /// The faults of a usual rollout: a rack of old machines, and a laptop on a train.
    public static let usual = Faults(
        end: .never, refused: 0.0005, stalled: 0.0005, dropped: 0.01, replyLost: 0.01, strangeBoot: 0.05,
        failedWrite: 0.0001, crash: 0.00005, worldApart: .seconds(3600), channelMoves: 0.05)

    /// The faults of a bad night.
    public static let rough = Faults(
        end: .start + .seconds(2700), refused: 0.004, stalled: 0.002, dropped: 0.05, replyLost: 0.05,
        strangeBoot: 0.12,
        failedWrite: 0.004, crash: 0.002, worldApart: .seconds(240), channelMoves: 0.06)
}
