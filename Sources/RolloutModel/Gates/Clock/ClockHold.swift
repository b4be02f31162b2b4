/// Why the gate for hosts' clocks holds.
public enum ClockHold: Hold {
    case clockSkewed(host: HostID, ClockSkew)

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension ClockHold {
    public var gate: String { OverridableGate.clock.rawValue }

    public var patience: Patience { .mending }

    public var rank: HoldRank { .other }

    public var subject: HostID? {
        switch self {
        case .clockSkewed(let host, _): host
        }
    }
}

extension ClockHold {
    public var says: String {
        switch self {
        case .clockSkewed(let host, let skew): skew.sentence(of: host)
        }
    }

    public var brief: String {
        switch self {
        case .clockSkewed(let host, let skew): "the clocks of '\(host)' and '\(skew.other)' differ"
        }
    }
}

extension ClockHold {
    public var remedy: Remedy {
        switch self {
        case .clockSkewed(let host, let skew):
            [
                """
                set it right: \(run: "timedatectl", on: host) on '\(host)' and on '\(skew.other)' says which is wrong
                """,
                "or raise \(set: "gates.clock.skew")",
            ]
        }
    }
}
