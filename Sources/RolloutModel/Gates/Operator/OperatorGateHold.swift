/// Why the operator's own gates hold: hooks and pages.
public enum OperatorGateHold: Hold {
    /// The operator's command says not now; `output` is its last line, `on` the host that it ran on, if any.
    case hookHolds(Hook, on: HostID? = nil, output: String)
    case hookFailed(Hook, on: HostID? = nil, why: String, output: String)
    /// The hook's answer is unknown.
    case hookUnheard(Hook, on: HostID?, why: String, trouble: HostTrouble? = nil)
    /// A page of the operator's does not say yes.
    case pageShut(url: String, why: String)

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension OperatorGateHold {
    public var gate: String {
        switch self {
        case .hookHolds, .hookFailed, .hookUnheard: OverridableGate.hooks.rawValue
        case .pageShut: OverridableGate.http.rawValue
        }
    }

    public var patience: Patience { .mending }

    public var rank: HoldRank {
        switch self {
        case .hookUnheard: .throughHosts
        case .hookHolds, .hookFailed, .pageShut: .other
        }
    }

    public var subject: HostID? {
        switch self {
        case .hookHolds(_, let host, _), .hookFailed(_, let host, _, _),
            .hookUnheard(_, let host, _, _):
            host
        case .pageShut: nil
        }
    }

    public var basis: HoldBasis? {
        switch self {
        case .hookUnheard: .answer
        case .hookHolds, .hookFailed, .pageShut: nil
        }
    }
}

extension OperatorGateHold {
    public var says: String {
        switch self {
        case .hookHolds(let hook, let host, let output):
            "your hook '\(hook)'\(host.on) says not now" + (output.isEmpty ? "" : ": \(output)")
        case .hookFailed(let hook, let host, let why, let output):
            "your hook '\(hook)'\(host.on) failed: \(why)"
                + (output.isEmpty ? "" : "; it said: \(output)")
        case .hookUnheard(let hook, let host, let why, _):
            "what your hook '\(hook)'\(host.on) says is not known: \(why)"
        case .pageShut(let url, let why): "\(url) does not say yes: \(why)"
        }
    }

    public var brief: String {
        switch self {
        case .hookHolds(let hook, let host, _): "your hook '\(hook)' says not now" + host.on
        case .hookFailed(let hook, let host, _, _): "your hook '\(hook)' failed" + host.on
        case .hookUnheard(let hook, let host, _, _):
            "what your hook '\(hook)' says is not known" + host.on
        case .pageShut(let url, _): "\(url) does not say yes"
        }
    }
}

extension OperatorGateHold {
    public var remedy: Remedy {
        switch self {
        case .hookUnheard(_, let host?, _, let trouble):
            Remedy(
                (trouble?.steps(on: host) ?? HostTrouble.unsorted(on: host))
                    + ["the hook is asked again when the rollout goes on"])
        case .hookHolds(let hook, _, _), .hookFailed(let hook, _, _, _), .hookUnheard(let hook, nil, _, _):
            [
                """
                see to what it asks for, or change \(set: "hooks.\(hook)"); it is asked again when the rollout goes on
                """
            ]
        case .pageShut:
            ["see what it is about, or change \(set: "gates.http")"]
        }
    }
}
