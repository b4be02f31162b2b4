/// Settings of the platform, from `/deis` in etcd. The platform's secrets are not among them.
public struct PlatformSettings: Hashable, Sendable {
    /// The value of `/deis/platform/version` as it stands; nil where the key is not set.
    public var version: String?
    /// The value of `/deis/platform/domain`.
    public var domain: String?
    /// The images that components run whatever the version says (`/deis/<component>/image`).
    public var images: [PlatformComponent: String]
    /// The value of `/deis/router/proxyProtocol`.
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
