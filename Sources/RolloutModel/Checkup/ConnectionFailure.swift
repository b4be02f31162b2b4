/// Why no session with a host came about, in parts: the texts of `HostFault` have them as one.
public struct ConnectionFailure: Hashable, Sendable {
    /// The act that failed, on what and why.
    public var said: String
    /// The next step.
    public var advice: String?
    /// The relation of the host's key to the known ones; nil if the key is not the matter.
    public var key: Key?
    /// Why a login was refused, in words that are about no single host; nil if the login is not the matter.
    public var refusal: String?

    public init(said: String, advice: String? = nil, key: Key? = nil, refusal: String? = nil) {
        self.said = said
        self.advice = advice
        self.key = key
        self.refusal = refusal
    }

    public enum Key: Hashable, Sendable {
        /// No file names the host.
        case unknown
        /// The host has another key in these entries.
        case other([KnownHostEntry])
    }

    /// The entry of a host in a file of known hosts.
    public struct KnownHostEntry: Hashable, Sendable {
        public var name: String
        public var file: String

        public init(name: String, file: String) {
            self.name = name
            self.file = file
        }
    }
}
