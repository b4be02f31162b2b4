#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// deisctl on a practice host: with the host's etcd, files and environment.
enum DeisctlProgram {
    /// The option that names the version, for the scripts that stand for deisctl's binaries.
    static let versionOption = "--practice-version="

    static func run(_ arguments: [String]) -> Int32 {
        let (manner, words) = split(arguments)
        // The words are read twice: the endpoint stands among them.
        let parsed = try? DeisctlArguments(words)
        let settings = PlatformSettings.ofThisHost()
        let console = DeisctlConsole.standard
        let endpoint = DeisctlEndpoint(parsed?.endpoint ?? DeisctlArguments.usualEndpoint)
        let keys = ConfigClient(endpoint: endpoint).keys
        let home = variable("HOME") ?? "/root"
        var deisctl = Deisctl(
            console: console, manner: manner,
            fleet: FleetClient(
                endpoint: endpoint, requestTime: parsed?.requestTime ?? .seconds(10),
                pause: max(settings.scaled(.seconds(0.25)), .milliseconds(50)), console: console
            ).fleet, keys: keys,
            templates: UnitTemplates(
                directories: UnitTemplates.directories(home: home, deisctlUnits: variable("DEISCTL_UNITS")),
                isDecorated: { () throws(DeisctlError) in
                    (try? keys.get("/deis/platform/enablePlacementOptions")) == "true"
                }))
        deisctl.takeoverKeyTTL = settings.takeoverKeyTTL
        deisctl.filesUntilCut = settings.downloadsUntilCut
        deisctl.home = home
        deisctl.hasAgent = variable("SSH_AUTH_SOCK") != nil
        do throws(DeisctlEnding) {
            return try deisctl.exitCode(tunnelled(words))
        } catch {
            while true { pause() }
        }
    }

    static func split(_ arguments: [String]) -> (DeisctlManner, [String]) {
        guard let first = arguments.first, first.hasPrefix(versionOption),
            let version = PlatformVersion(first.dropFirst(versionOption.count))
        else { return (.newest, arguments) }
        return (DeisctlManner(version: version), Array(arguments.dropFirst()))
    }

    /// The words, with the tunnel of the environment before them.
    private static func tunnelled(_ words: [String]) -> [String] {
        guard let tunnel = variable("DEISCTL_TUNNEL"), !tunnel.isEmpty else { return words }
        return ["--tunnel", tunnel] + words
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

/// The place where deisctl asks etcd: as it was told, and as its messages have it.
struct DeisctlEndpoint: Hashable, Sendable {
    /// `http://127.0.0.1:4001`
    var text: String

    init(_ text: String) { self.text = text }

    private var place: Upstream? {
        guard let rest = text.split(separator: "/", omittingEmptySubsequences: true).last else { return nil }
        return try? Upstream(String(rest))
    }

    /// `127.0.0.1:4001`
    var address: String { place?.description ?? text }

    /// The port by the name that it had with etcd 0.4 is open on hosts of Deis' alone.
    func http(deadline: Duration) -> PlainHTTP {
        let http = PlainHTTP(
            address: place?.address ?? "127.0.0.1", port: place?.port ?? 4001, deadline: deadline)
        guard text == DeisctlArguments.usualEndpoint, !http.isOpen else { return http }
        return PlainHTTP(port: 2379, deadline: deadline)
    }
}
