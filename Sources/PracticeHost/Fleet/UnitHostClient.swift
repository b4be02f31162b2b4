#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The requests of fleetd to the program that plays its units, as the real one asks systemd.
struct UnitHostClient: Sendable {
    static let directory = "/run/fleet"
    static let socketPath = directory + "/units.socket"
    static let statesPath = directory + "/states"

    /// The file with the text of a loaded unit, as with the real fleet.
    static func path(of unit: String) -> String { "\(directory)/units/\(unit)" }

    var isThere: Bool { access(Self.socketPath, F_OK) == 0 }

    func reports() -> [UnitReport] {
        UnitReport.all(in: (try? TextFile.text(of: Self.statesPath)) ?? "")
    }

    func load(_ unit: String, text: String) throws {
        try TextFile.write(
            text, to: Self.path(of: unit))
        try ask(.load, unit)
    }

    func start(_ unit: String) throws { try ask(.start, unit) }
    func stop(_ unit: String) throws { try ask(.stop, unit) }
    func unload(_ unit: String) throws { try ask(.unload, unit) }

    private func ask(_ call: UnitCall.Act, _ unit: String) throws {
        let reply = UnixSocket.ask(UnitCall(act: call, unit: unit).line, at: Self.socketPath)
        guard reply == UnitCall.done else {
            throw Failure.system(
                operation: call.rawValue, subject: unit, reason: reply ?? "the units' program does not answer"
            )
        }
    }
}

/// A request to the program that plays the units: `start deis-router@1.service`.
struct UnitCall: Hashable, Sendable {
    enum Act: String, CaseIterable, Hashable, Sendable {
        case load, start, stop, unload
    }

    static let done = "done"

    var act: Act
    var unit: String

    init(act: Act, unit: String) {
        self.act = act
        self.unit = unit
    }

    init?(line: String) {
        let words = line.split(separator: " ")
        guard words.count == 2, let act = Act(rawValue: String(words[0])) else { return nil }
        self.init(act: act, unit: String(words[1]))
    }

    var line: String { "\(act.rawValue) \(unit)" }
}

/// systemd's report of a unit that is loaded on this host.
struct UnitReport: Hashable, Sendable {
    var unit: String
    /// The hash of its text, in hexadecimal.
    var hash: String
    var state: UnitState

    private static let separator = "\t"

    var line: String {
        [unit, hash, state.active, state.sub].joined(separator: Self.separator)
    }

    static func all(in text: String) -> [UnitReport] {
        text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 4 else { return nil }
            return UnitReport(
                unit: fields[0], hash: fields[1], state: UnitState(active: fields[2], sub: fields[3]))
        }
    }
}

/// systemd's active and sub state of a unit.
struct UnitState: Hashable, Sendable {
    var active: String
    var sub: String

    static let dead = UnitState(active: "inactive", sub: "dead")
    static let startPre = UnitState(active: "activating", sub: "start-pre")
    static let startPost = UnitState(active: "activating", sub: "start-post")
    static let autoRestart = UnitState(active: "activating", sub: "auto-restart")
    static let running = UnitState(active: "active", sub: "running")
    static let stopping = UnitState(active: "deactivating", sub: "stop-sigterm")
    static let failed = UnitState(active: "failed", sub: "failed")
}
