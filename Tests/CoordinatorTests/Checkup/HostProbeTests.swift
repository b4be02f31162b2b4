import ClusterAnswers
import HostFiles
import RolloutModel
import Rollouts
import Testing

@testable import Coordinator

/// The facts that a host tells `doctor` and `init` besides its audit.
@Suite struct HostProbeTests {
    static let host = HostID("core-1")

    static func probe(_ output: String, errors: String = "", exitStatus: Int32 = 0) -> HostProbe {
        HostProbe(
            HostCommandResult(
                output: Array(output.utf8), errors: Array(errors.utf8), exitStatus: exitStatus), on: host)
    }

    /// As a host with fleet, etcd and Zincati prints it.
    static let whole = """

        @turnstile clock
        1795608000.250000000

        @turnstile units
        Id=fleet.service
        LoadState=loaded
        ActiveState=active

        Id=zincati.service
        LoadState=loaded
        ActiveState=active

        Id=etcd2.service
        LoadState=not-found
        ActiveState=inactive

        @turnstile root

        @turnstile fleet-conf
        agent_ttl="60s"
        etcd_cafile="/etc/fleet/ca.pem"

        @turnstile environment
        ETCDCTL_CACERT=/etc/ctl/ca.pem

        @turnstile environment etcd-member
        ETCD_ADVERTISE_CLIENT_URLS=https://10.0.0.1:2379
        ETCD_LISTEN_CLIENT_URLS=https://0.0.0.0:2379
        ETCD_TRUSTED_CA_FILE=/etc/etcd/ca.pem
        ETCD_CERT_FILE=/etc/etcd/own.pem
        ETCD_KEY_FILE=/etc/etcd/own.key

        @turnstile zincati
        strategy = "fleet_lock"
        base_url = "http://lock.example/"

        @turnstile end

        """

    @Test func aHostIsReadAsAWhole() {
        let probe = Self.probe(Self.whole)
        #expect(probe.denial == nil && probe.clock == UTCTime(secondsSince1970: 1_795_608_000.25))
        #expect(probe.has("fleet") == true && probe.has("etcd2") == false && probe.has("kubelet") == nil)
        #expect(
            probe.fleetTTL?.ttl == .seconds(60)
                && probe.fleetTTL?.place == "agent_ttl in /etc/fleet/fleet.conf")
        #expect(probe.zincati?["base_url"] == "http://lock.example/")
        #expect(probe.environments["etcd-member"]?["ETCD_KEY_FILE"] == "/etc/etcd/own.key")
    }

    /// The TTL of fleet in a file, in its environment, and which counts; nil for what is no duration.
    static let ttls: [(file: String?, environment: String?, seconds: Double?)] = [
        (nil, nil, 30), ("45s", nil, 45), ("45s", "1m", 60), (nil, "90s", 90), ("soon", nil, nil),
    ]

    @Test(arguments: ttls) func fleetsEnvironmentCountsBeforeItsFile(
        file: String?, environment: String?, seconds: Double?
    ) {
        let text =
            "@turnstile units\nId=fleet.service\nLoadState=loaded\nActiveState=active\n@turnstile root\n"
            + "@turnstile fleet-conf\n" + (file.map { "agent_ttl=\"\($0)\"\n" } ?? "")
            + "@turnstile environment fleet\n" + (environment.map { "FLEET_AGENT_TTL=\($0)\n" } ?? "")
        #expect(Self.probe(text).fleetTTL?.ttl == seconds.map { .seconds($0) })
    }

    /// systemd's word on fleet, and the picture of it. No word is no absence.
    static let fleets: [(units: String, fleet: ClusterPicture.Fleet)] = [
        ("", .unknown(why: "systemd told nothing of fleet.service")),
        (
            "Id=kubelet.service\nLoadState=loaded\n",
            .unknown(why: "systemd told nothing of fleet.service")
        ),
        ("Id=fleet.service\nLoadState=not-found\nActiveState=inactive\n", .absent),
        (
            "Id=fleet.service\nLoadState=loaded\nActiveState=failed\n",
            .unknown(why: "fleet.service is not active")
        ),
        (
            "Id=fleet.service\nLoadState=loaded\nActiveState=active\n",
            .runs(ttl: .seconds(30), place: "fleet's default")
        ),
    ]

    @Test(arguments: fleets) func fleetIsAbsentOnlyWhereSystemdSaysSo(
        units: String, fleet: ClusterPicture.Fleet
    ) {
        let probe = Self.probe("@turnstile units\n\(units)@turnstile root\n")
        #expect(ClusterPicture.Fleet(probe) == fleet)
    }

    @Test func aUnitThatSystemdToldNothingOfIsNotInactive() {
        let probe = Self.probe("@turnstile units\nId=kubelet.service\nLoadState=loaded\nActiveState=active\n")
        #expect(probe.isActive("kubelet") == true && probe.isActive("zincati") == nil)
    }

    static let denials: [(errors: String, status: Int32, kind: SudoCheck.Denial.Kind, said: String)] = [
        ("sudo: a password is required\n", 1, .wantsPassword, "'sudo: a password is required'"),
        ("sudo: sorry, you must have a tty to run sudo\n", 1, .wantsTerminal, "requiretty"),
        ("core is not in the sudoers file.\n", 1, .forbidden, "not in the sudoers file"),
        ("sh: 4: exec: sudo: not found\n", 127, .missing, "sudo: not found"),
        ("sudo: the disk is on fire\n", 1, .other, "the disk is on fire"),
    ]

    @Test(arguments: denials) func whyThereIsNoRootIsSudosOwnWord(
        errors: String, status: Int32, kind: SudoCheck.Denial.Kind, said: String
    ) {
        let probe = Self.probe("@turnstile clock\n1.5\n", errors: errors, exitStatus: status)
        #expect(probe.denial?.kind == kind && probe.denial?.said.contains(said) == true, "\(probe)")
        #expect(probe.clock == UTCTime(secondsSince1970: 1.5) && probe.fleetTTL == nil)
    }

    /// Anything may answer.
    @Test(arguments: [
        "", "garbage", "@turnstile", "@turnstile clock\nsoon\n", "@turnstile clock\n1e99\n",
        "@turnstile clock\n-5\n", "@turnstile units\nId\n\n=\n", "@turnstile environment a b c\nX=1\n",
    ])
    func nonsenseTellsNothing(output: String) {
        let probe = Self.probe(output)
        #expect(probe.clock == nil && probe.units.isEmpty && probe.environments.isEmpty)
        #expect(probe.fleetTTL == nil && probe.zincati == nil && probe.denial?.kind == .other)
    }

    // MARK: Where etcd may be

    @Test func hintsLeadToTheHostsOwnEtcdWithTheFilesOfClients() {
        let places = EtcdHints(Self.probe(Self.whole), address: IPLiteral("10.0.0.1")).places
        let member = OwnEtcdCheck.Place(
            urls: ["https://127.0.0.1:2379"], caFile: "/etc/etcd/ca.pem", certFile: "/etc/etcd/own.pem",
            keyFile: "/etc/etcd/own.key")
        #expect(places.first == .init(urls: ["https://127.0.0.1:2379"], caFile: "/etc/fleet/ca.pem"))
        #expect(places.contains(member) && places.contains(.init(urls: ["http://127.0.0.1:2379"])))
        #expect(places.contains { $0.urls == ["https://{address}:2379"] && $0.caFile == "/etc/etcd/ca.pem" })
        #expect(places.count <= 12 && Set(places).count == places.count)
    }

    /// An address of another machine is no hint, and a path that is more than a path is no file.
    @Test(arguments: [
        "ETCD_LISTEN_CLIENT_URLS=http://10.0.0.9:2379", "ETCD_LISTEN_CLIENT_URLS=http://user@10.0.0.1:2379",
        "ETCD_LISTEN_CLIENT_URLS=http://10.0.0.1:2379/x?y", "ETCD_CERT_FILE=relative.pem",
        "ETCD_CERT_FILE=/a: b", "ETCD_TRUSTED_CA_FILE=\"/a\tb\"",
    ])
    func hostileHintsAreNone(line: String) {
        let probe = Self.probe("@turnstile root\n@turnstile environment etcd\n\(line)\n")
        let places = EtcdHints(probe, address: IPLiteral("10.0.0.1")).places
        #expect(places == EtcdHints(Self.probe("@turnstile root\n"), address: IPLiteral("10.0.0.1")).places)
    }
}
