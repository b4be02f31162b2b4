/// A platform's version, settings, counts and containers, which an upgrade and a way back leave as they were.
struct PlatformPicture: Equatable, Sendable {
    /// The version that the controller tells; nil if it does not answer.
    var version: String?
    /// The keys that stay in etcd below `/deis`.
    var settings: [String: String]
    /// The units, once for each machine that has one, with its state.
    var units: [String]
    /// The keys of the applications' containers.
    var containers: Set<String>

    init(_ platform: PlatformUnderTest) async throws {
        version = try await platform.version()
        let kept = try await platform.node("/deis")?.leaves.filter { $0.ttl == nil } ?? []
        settings = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value ?? "") })
        units = try await platform.list().split(separator: "\n").dropFirst().map { line in
            let columns = line.split(separator: "\t")
            return ([columns.first] + columns.suffix(3)).compactMap { $0.map(String.init) }
                .joined(separator: " ")
        }.sorted()
        containers = try await platform.containers()
    }

    /// True for a platform that was read whole.
    var isWhole: Bool { version != nil && settings.count > 3 && units.count > 15 && !containers.isEmpty }

    /// The same platform of another version.
    func with(version: String) -> PlatformPicture {
        var picture = self
        picture.version = version
        picture.settings["/deis/platform/version"] = "v\(version)"
        return picture
    }
}
