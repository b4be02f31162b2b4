/// Proxies that the environment names, and the programs started here that go by them.
public struct ProxyCheck: Hashable, Sendable {
    /// With their values, as they may be shown.
    public var proxies: [Variable]
    /// The value of `no_proxy`; nil if there is none.
    public var exceptions: String?
    /// The programs that this configuration has started and that obey proxies: `kubectl`, say.
    public var programs: [String]

    public struct Variable: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(proxies: [Variable], exceptions: String?, programs: [String]) {
        self.proxies = proxies
        self.exceptions = exceptions
        self.programs = programs
    }

    public var finding: Checkup.Finding {
        guard !proxies.isEmpty else { return .ok(.proxies, .here, "none is set") }
        let set = proxies.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
        guard !programs.isEmpty else {
            return .ok(.proxies, .here, "\(set), which nothing that is asked here goes by")
        }
        let who = programs.joined(separator: " and ")
        let but = exceptions.map { ", but for \($0)" } ?? ""
        return .warning(
            .proxies, .here, "\(who) \(programs.count == 1 ? "goes" : "go") by \(set)\(but)",
            fix: Remedy(
                ["where the cluster is not behind it:"]
                    + proxies.map { "\(run: "unset \($0.name)", .here)" }))
    }
}
