/// The controller as it tells of itself with every answer.
public struct ControllerView: Codable, Hashable, Sendable {
    /// The version that runs (`DEIS_PLATFORM_VERSION`).
    public var version: PlatformVersion
    /// The version of the controller's API (`DEIS_API_VERSION`): `1.7`.
    public var api: String

    public init(version: PlatformVersion, api: String) {
        self.version = version
        self.api = api
    }
}
