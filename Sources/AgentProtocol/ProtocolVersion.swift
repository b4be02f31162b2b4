/// The version of the conversation between coordinator and agent.
///
/// Coordinator and agent send their versions first. A side that meets a version it does not know stops with an error
/// that names both, rather than guess at fields.
public enum ProtocolVersion {
    /// Raised whenever a field changes meaning or a message is added that the other half must understand.
    public static let current = 5
}
