/// The wish of a person for a platform's upgrade.
public struct PlatformWish: Codable, Hashable, Sendable {
    public var way: Way
    public var version: PlatformVersion
    /// Components that keep their own images on purpose.
    public var keptImages: Set<PlatformComponent>
    /// True if the load balancer speaks the PROXY protocol; nil where nobody said so.
    public var proxyProtocol: Bool?
    /// True if the platform may be from before 1.6, on AWS, where the balancer's listeners are to be
    /// changed.
    public var asksForProxyProtocol: Bool

    public enum Way: String, Codable, Hashable, Sendable, CaseIterable {
        /// Everything is stopped, renewed and started.
        case inPlace = "in-place"
        /// Publisher and routers are renewed while applications are served.
        case graceful
        /// The platform is upgraded by `upgrade-prep` and `upgrade-takeover`, with the outage of the two
        /// commands.
        case documented
    }

    public init(
        way: Way, version: PlatformVersion, keptImages: Set<PlatformComponent> = [],
        proxyProtocol: Bool? = nil, asksForProxyProtocol: Bool = false
    ) {
        self.way = way
        self.version = version
        self.keptImages = keptImages
        self.proxyProtocol = proxyProtocol
        self.asksForProxyProtocol = asksForProxyProtocol
    }
}
