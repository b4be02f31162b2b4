/// How the stand-ins of Deis differ from the real ones: times are scaled, and some things are made to fail.
///
/// The practice script writes them among a host's other settings. Each use reads them anew.
struct PlatformSettings: Hashable, Sendable {
    /// The factor of every time of fleet, of a unit and of a component.
    var scale = 0.1
    /// Components whose start fails: the unit is `failed`.
    var failing: Set<String> = []
    /// Components that end as soon as they run: the unit is in `auto-restart` for ever.
    var restarting: Set<String> = []
    /// The time, unscaled, that the start of a component takes on top.
    var slow: [String: Duration] = [:]
    var migrationFails = false
    var pullFails = false
    /// Applications that answer 503.
    var sickApplications: Set<String> = []
    /// The health of the store, as `ceph -s` names it.
    var storeHealth = "HEALTH_OK"
    /// How many files `refresh-units` gets before its network is gone; nil: all of them.
    var downloadsUntilCut: Int?
    /// The TTL that `upgrade-takeover` gives to the keys of applications, unscaled.
    var takeoverKeyTTL = Duration.seconds(1800)

    init(text: String = "") {
        let values = Assignments(text)
        scale = values["PLATFORM_SCALE"].flatMap(Double.init) ?? scale
        failing = Self.words(values["UNITS_FAIL"])
        restarting = Self.words(values["UNITS_RESTART"])
        slow = Self.times(values["UNITS_SLOW"])
        migrationFails = values["MIGRATION_FAILS"] != nil
        pullFails = values["PULL_FAILS"] != nil
        sickApplications = Self.words(values["APPS_SICK"])
        storeHealth = values["STORE_HEALTH"] ?? storeHealth
        downloadsUntilCut = values["DOWNLOADS"].flatMap { Int($0) }
        takeoverKeyTTL = values.time("TAKEOVER_KEY_SECONDS") ?? takeoverKeyTTL
    }

    static func ofThisHost() -> PlatformSettings {
        PlatformSettings(text: (try? TextFile.text(of: Surroundings.outsidePath + "/settings")) ?? "")
    }

    func scaled(_ time: Duration) -> Duration { time * scale }

    /// Whole seconds, as etcd counts them, and one at least.
    func scaledTTL(_ time: Duration) -> Duration { .seconds(max(1, (scaled(time) / .seconds(1)).rounded())) }

    private static func words(_ text: String?) -> Set<String> {
        Set((text ?? "").split(separator: ",").map(String.init))
    }

    /// `store-daemon:30,builder:5`
    private static func times(_ text: String?) -> [String: Duration] {
        (text ?? "").split(separator: ",").reduce(into: [:]) { all, pair in
            let parts = pair.split(separator: ":")
            guard parts.count == 2, let seconds = Double(parts[1]) else { return }
            all[String(parts[0])] = .seconds(seconds)
        }
    }
}
