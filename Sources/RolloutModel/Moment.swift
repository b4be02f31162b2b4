/// Seconds on the coordinator's monotonic clock. Wall-clock time is for people and decides nothing.
public typealias Moment = Double
