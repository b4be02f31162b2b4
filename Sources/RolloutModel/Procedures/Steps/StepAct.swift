/// An act that steps can ask for, as a value. The description is one line for people, in the imperative:
/// `stop the controller`.
public protocol StepAct: Codable, Hashable, Sendable, CustomStringConvertible {}

/// A state that can be seen, and that proves an act or lets one begin. The description completes "wait until":
/// `the controller is dead on every host`.
public protocol StepProof: Codable, Hashable, Sendable, CustomStringConvertible {}
