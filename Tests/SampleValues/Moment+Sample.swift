public import RolloutModel

/// A number of seconds since the clock's own beginning.
extension Moment: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    public init(integerLiteral seconds: Int) { self.init(.seconds(seconds)) }
    public init(floatLiteral seconds: Double) { self.init(.seconds(seconds)) }
}
