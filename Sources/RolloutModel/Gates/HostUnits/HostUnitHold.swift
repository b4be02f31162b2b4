/// Why the gate for the systemd units of hosts holds.
public enum HostUnitHold: Hold {
    /// systemd units fail on the host that did not when the plan was made; `on` is the version it was upgraded to.
    case unitsFailed(host: HostID, units: [String], on: Version?)
    /// Services ran when the plan was made, and do not run now, although none of them failed; `on` as above.
    case unitsStopped(host: HostID, units: [String], on: Version?)
    /// `units` are being started, and may yet fail.
    case unitsStarting(host: HostID, units: [String])
    /// No unit has failed for `seen`, which is shorter than needed.
    case unitsUnsteady(host: HostID, seen: Duration, needed: Duration)

    /// The names in a journal.
    private enum UnitsUnsteadyCodingKeys: String, CodingKey {
        case host
        case seen = "seenSeconds"
        case needed = "neededSeconds"
    }

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension HostUnitHold {
    public var gate: String { OverridableGate.unitsFailed.rawValue }

    public var patience: Patience {
        switch self {
        case .unitsFailed, .unitsStopped, .unitsStarting: .mending
        case .unitsUnsteady: .soon
        }
    }

    public var rank: HoldRank {
        switch self {
        case .unitsStarting, .unitsUnsteady: .waiting
        case .unitsFailed, .unitsStopped: .host
        }
    }

    public var subject: HostID? {
        switch self {
        case .unitsFailed(let host, _, _), .unitsStopped(let host, _, _), .unitsStarting(let host, _),
            .unitsUnsteady(let host, _, _):
            host
        }
    }
}

extension HostUnitHold {
    public var says: String {
        switch self {
        case .unitsFailed(let host, let units, let version):
            """
            units of host '\(host)' fail \(version.map { "on \($0)" } ?? "now") that did not before the rollout: \
            \(Names.text(units))
            """
        case .unitsStopped(let host, let units, let version):
            """
            services of host '\(host)' ran before the rollout and do not run \(version.map { "on \($0)" } ?? "now"), \
            though they did not fail: \(Names.text(units))
            """
        case .unitsStarting(let host, let units):
            "units of host '\(host)' are still being started: \(Names.text(units))"
        case .unitsUnsteady(let host, let seen, let needed):
            """
            no unit of host '\(host)' was seen to fail for \(seen.wholeSeconds) s of the \(needed.wholeSeconds) s that \
            prove it well
            """
        }
    }
}

extension HostUnitHold {
    public var remedy: Remedy {
        switch self {
        case .unitsFailed(let host, let units, let version):
            Remedy(
                ["see \(run: "journalctl -b -u \(units.first ?? "")", on: host) on '\(host)', and mend it"]
                    + (version == nil ? [] : ["or take the host back with \(or: .rollback(host))"])
                    + ["what may fail for good: \(set: "gates.units.ignore")"])
        case .unitsStopped(let host, let units, let version):
            Remedy(
                [
                    """
                    see \(run: "systemctl status \(units.first ?? "")", on: host) on '\(host)', and start what is to run \
                    there
                    """
                ]
                    + (version == nil ? [] : ["or take the host back with \(or: .rollback(host))"])
                    + ["what need not run after a boot: \(set: "gates.units.ignore")"])
        case .unitsStarting(let host, _):
            [
                "see \(run: "systemctl list-jobs", on: host) on '\(host)'",
                "what may take its time for good: \(set: "gates.units.ignore")",
            ]
        case .unitsUnsteady: ["\(.wait), or raise \(set: "timeouts.rejoin")"]
        }
    }
}
