import ClusterAnswers
import HostFiles
import RolloutModel
import Rollouts

/// The facts that a host tells beyond an audit, and without an agent: whether it gives root, the time, and how its
/// programs are told of etcd and fleet.
public struct HostProbe: Hashable, Sendable {
    /// The reason why root was refused; nil if it was given. The properties below are known only if it was.
    public var denial: SudoCheck.Denial?
    /// The time that the host's clock showed.
    var clock: UTCTime?
    /// By name, as far as systemd knows them.
    var units: [String: SystemdUnitState] = [:]
    /// `/etc/fleet/fleet.conf`.
    var fleetFile = ClientSettings()
    /// Of running services, by the name of their unit without its suffix.
    var environments: [String: ClientSettings] = [:]
    /// `/etc/environment`.
    var environment = ClientSettings()
    /// Zincati's settings, if Zincati runs.
    var zincati: ClientSettings?

    enum Heading: Hashable {
        case clock, units, root, fleetFile, environment, zincati, end
        case environmentOf(String)

        init?(_ line: Substring) {
            let words = line.split(separator: " ").map(String.init)
            switch (words.first, words.count) {
            case ("clock", 1): self = .clock
            case ("units", 1): self = .units
            case ("root", 1): self = .root
            case ("fleet-conf", 1): self = .fleetFile
            case ("environment", 1): self = .environment
            case ("environment", 2): self = .environmentOf(words[1])
            case ("zincati", 1): self = .zincati
            case ("end", 1): self = .end
            default: return nil
            }
        }
    }

    static let etcdUnits = ["etcd-member", "etcd2", "etcd"]

    /// Of environments only what leads to etcd is read, and fleet's TTL: others may hold secrets.
    static let question: HostCommand.StaticText = """
        s() { printf '\\n@turnstile %s\\n' "$1"; }
        s clock; date +%s.%N
        s units; systemctl show -p Id -p LoadState -p ActiveState fleet.service etcd-member.service etcd2.service \
        etcd.service locksmithd.service zincati.service kubelet.service 2>/dev/null
        exec sudo -n /bin/sh -c '
        s() { printf "\\n@turnstile %s\\n" "$1"; }
        names="(URLS|SERVERS|ENDPOINTS?|CAFILE|CA_FILE|CACERT|CERTFILE|CERT_FILE|CERT|KEYFILE|KEY_FILE|KEY|AGENT_TTL)"
        s root
        s fleet-conf
        grep -asE "^ *(agent_ttl|etcd_servers|etcd_cafile|etcd_certfile|etcd_keyfile) *=" /etc/fleet/fleet.conf
        s environment
        grep -asE "^(FLEET|FLEETCTL|ETCDCTL)_([A-Z]+_)*$names=" /etc/environment
        for u in fleet locksmithd flanneld etcd-member etcd2 etcd; do
            p=$(systemctl show -p MainPID "$u.service" 2>/dev/null); p=${p#MainPID=}
            case $p in
            "" | 0) ;;
            *)
                s "environment $u"
                tr "\\0" "\\n" 2>/dev/null <"/proc/$p/environ" |
                    grep -aE "^(FLEET|LOCKSMITHD|FLANNELD|ETCD)_([A-Z]+_)*$names="
                ;;
            esac
        done
        s zincati
        grep -ahsE "^ *(strategy|base_url) *=" /usr/lib/zincati/config.d/*.toml /run/zincati/config.d/*.toml \
            /etc/zincati/config.d/*.toml
        s end
        exit 0'
        """
}

extension HostProbe {
    init(_ result: HostCommandResult, on host: HostID) {
        let sections = Self.sections(of: result.outputText)
        denial = sections[.root] == nil ? Self.denial(result, on: host) : nil
        clock = sections[.clock].flatMap(Self.time)
        units = Self.units(in: sections[.units] ?? "")
        fleetFile = ClientSettings(sections[.fleetFile] ?? "")
        environment = ClientSettings(sections[.environment] ?? "")
        for (heading, text) in sections {
            if case .environmentOf(let unit) = heading { environments[unit] = ClientSettings(text) }
        }
        if isActive("zincati") == true {
            zincati = ClientSettings(sections[.zincati] ?? "")
        }
    }

    private static func sections(of text: String) -> [Heading: String] {
        var sections: [Heading: String] = [:]
        var current: Heading?
        for line in text.linesOfBytes {
            if line.hasPrefix(AuditFragment.marker) {
                current = Heading(line.dropFirst(AuditFragment.marker.count))
                if let current { sections[current] = "" }
            } else if let current {
                sections[current, default: ""] += line + "\n"
            }
        }
        return sections
    }

    private static func denial(_ result: HostCommandResult, on host: HostID) -> SudoCheck.Denial {
        guard let trouble = result.rootTrouble(on: host) else {
            return SudoCheck.Denial(.other, said: "sudo -n /bin/sh ended with \(result.ending)")
        }
        let kind: SudoCheck.Denial.Kind =
            switch trouble.kind {
            case .sudoNeedsPassword: .wantsPassword
            case .sudoNeedsTTY: .wantsTerminal
            case .sudoForbidden: .forbidden
            case .sudoMissing: .missing
            case .unreachable, .interrupted, .commandFailed, .answerUnreadable, .agentMissing, .agentDiffers,
                .shellUnusable:
                .other
            }
        return SudoCheck.Denial(kind, said: trouble.why)
    }

    private static func time(_ text: String) -> UTCTime? {
        let line = text.linesOfBytes.first.map(String.init) ?? ""
        return Double(line).flatMap { UTCTime(secondsSince1970: $0) }
    }

    private static func units(in text: String) -> [String: SystemdUnitState] {
        text.linesOfBytes.split(separator: "").reduce(into: [:]) { units, lines in
            guard let unit = try? SystemdUnitState(lines.joined(separator: "\n")), let name = unit["Id"],
                !unit.loadState.isEmpty
            else { return }
            units[name] = unit
        }
    }
}

extension HostProbe {
    /// nil where systemd told nothing of the unit. Likewise below.
    func has(_ unit: String) -> Bool? { units["\(unit).service"].map(\.exists) }

    func isActive(_ unit: String) -> Bool? { units["\(unit).service"].map(\.isActive) }

    /// fleet's TTL and where it stands; nil where fleet does not run, or it cannot be read. The environment counts
    /// before the file.
    var fleetTTL: (ttl: Duration, place: String)? {
        guard denial == nil, isActive("fleet") == true else { return nil }
        let own = environments["fleet"]?["FLEET_AGENT_TTL"].map { ($0, "FLEET_AGENT_TTL of fleet.service") }
        let found = own ?? fleetFile["agent_ttl"].map { ($0, "agent_ttl in /etc/fleet/fleet.conf") }
        guard let (text, place) = found else { return (.seconds(30), "fleet's default") }
        return GoDuration(text).map { ($0.span, place) }
    }
}
