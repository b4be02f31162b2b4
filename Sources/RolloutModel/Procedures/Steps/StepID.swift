/// The name of a step among the steps of one procedure, for example `stop-controller`. A plain name (`PlainName`).
public struct StepID: Identifier {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}
