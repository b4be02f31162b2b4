/// Settings of the platform, from `/deis` in etcd. None of its secrets is among them.
public struct PlatformSettings: Hashable, Sendable {
    /// `/deis/platform/version` as it stands; nil where it is not set.
    public var version: String?
    /// `/deis/platform/domain`
    public var domain: String?
    /// `/deis/<component>/image`: the image that a component runs whatever the version says.
    public var images: [PlatformComponent: String]
    /// `/deis/router/proxyProtocol`
    public var proxyProtocol: String?
    /// True if `deis run` and applications' logins work.
    public var hasSSHKey: Bool
    /// True if units are placed by role (`/deis/platform/enablePlacementOptions`).
    public var placesByRole: Bool

    public init(
        version: String?, domain: String?, images: [PlatformComponent: String] = [:],
        proxyProtocol: String? = nil, hasSSHKey: Bool = false, placesByRole: Bool = false
    ) {
        self.version = version
        self.domain = domain
        self.images = images
        self.proxyProtocol = proxyProtocol
        self.hasSSHKey = hasSSHKey
        self.placesByRole = placesByRole
    }
}
