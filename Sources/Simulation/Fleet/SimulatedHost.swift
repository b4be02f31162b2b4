import AgentProtocol
import Digest
import HostAgent
import RolloutModel

/// A simulated host: two partitions, an agent's record, and its state over time.
struct SimulatedHost: Sendable {
    let id: HostID
    var machine: MachineID
    /// The boot ids by number of the boot, where given.
    var bootNames: [Int: String] = [:]
    /// The version on each partition.
    var images: [Slot: String]
    var booted = Slot.a
    /// True if the running partition is marked good.
    var isCommitted = true
    /// True if the next boot tries the other partition.
    var isArmed = false
    var boots = 1
    /// The time at which the host is up again; nil while it is up.
    var upAt: Moment?
    /// The time at which the host last went down.
    var downSince = Moment.longAgo
    /// The time from which the host's etcd member and fleet are up.
    var servicesAt = Moment.longAgo

    // The agent's record.
    var phase = HostPhase.idle
    var hold = HostHold()
    var holdsOriginal = false
    /// The version that was staged last, until the host is given back or rolled back.
    var stagedVersion: String?
    var revertedFrom: String?
    var etcdBefore: String?
    /// The contents that the agent read of the staged partition.
    var contents: PartitionContents?

    // Faults.
    /// The time of a short power cut, in whatever step the host is.
    var powerCutAt: Moment?
    /// The time of a short power cut that strikes only if the host's update is downloaded ahead, and not armed.
    var cutAheadAt: Moment?
    /// True if nothing brings the host up again.
    var isBroken = false
    /// The outcome of the next boot alone.
    var nextBoot = BootFate.asItShould
    var memberIsIll = false
    /// True if the ill member sometimes answers as if it were well.
    var memberFlaps = false
    /// The time since which fleet on the host does not renew its entry.
    var fleetSilentSince: Moment?

    /// The time until which a unit fails that did not before the update; then somebody mends it.
    var unitFailsUntil = Moment.longAgo

    /// The time at which the host stopped being whole, apart from fleet; nil while it is whole.
    var unwholeSince: Moment?
    /// The time at which the etcd member was first seen to be ill; nil while it is well.
    var illSince: Moment?
    /// The number of boots into an armed partition.
    var updatesBooted = 0

    init(id: HostID, version: String) {
        self.id = id
        machine = MachineID("m-\(Self.plainName(id))")
        images = [.a: version]
    }

    /// The name in the identities of machine, boot and member, which have letters, digits and hyphens alone, 64 at most.
    /// A name of other bytes, such as an address, stands there by its digest.
    private static func plainName(_ id: HostID) -> String {
        let name = id.rawValue
        let isPlain = name.utf8.allSatisfy {
            ("a"..."z").contains(UnicodeScalar($0)) || ("A"..."Z").contains(UnicodeScalar($0))
                || ("0"..."9").contains(UnicodeScalar($0)) || $0 == UInt8(ascii: "-")
        }
        return isPlain && name.utf8.count <= 40 ? name : String(SHA256.hexDigest(Array(name.utf8)).prefix(32))
    }

    enum Slot: String, Sendable {
        case a = "USR-A"
        case b = "USR-B"

        var other: Slot { self == .a ? .b : .a }
    }

    /// The outcome of a reboot.
    enum BootFate: Hashable, Sendable {
        case asItShould
        /// The reboot takes so much longer.
        case slow(Duration)
        /// The host hangs until somebody presses the button.
        case never
        /// The boot loader goes back to the partition it came from.
        case reverts
        /// The new partition has another version than it should.
        case otherVersion(String)
        /// The etcd member does not come up on the new partition until somebody mends it.
        case memberStaysIll
        /// fleet does not come up on the host, and the list of machines shows its entry from before the reboot.
        case fleetStaysSilent
    }

    var member: EtcdMemberID { EtcdMemberID("e-\(Self.plainName(id))") }
    var bootID: String { bootID(of: boots) }
    var bootIDBefore: String { bootID(of: boots - 1) }
    var version: String { images[booted] ?? "unknown" }
    var isUp: Bool { upAt == nil }

    private func bootID(of boot: Int) -> String { bootNames[boot] ?? "\(Self.plainName(id))-\(boot)" }

    func unitFails(at now: Moment) -> Bool { isUp && now < unitFailsUntil }

    func isServing(at now: Moment) -> Bool { isUp && servicesAt <= now }

    var table: PartitionTable {
        PartitionTable(
            disk: "/dev/sda", booted: partition(booted, isRunning: true),
            other: partition(booted.other, isRunning: false))
    }

    private func partition(_ slot: Slot, isRunning: Bool) -> PartitionTable.Partition {
        .init(
            number: slot == .a ? 3 : 4, label: slot.rawValue, device: slot == .a ? "/dev/sda3" : "/dev/sda4",
            priority: images[slot] == nil ? 0 : isRunning == isArmed ? 1 : 2,
            tries: !isRunning && isArmed ? 1 : 0,
            successful: isRunning ? isCommitted : !isArmed && images[slot] != nil)
    }

    func report(at now: Moment) -> HostReport {
        HostReport(
            machineID: machine.rawValue, bootID: bootID, hostname: id.rawValue, uptimeSeconds: nil,
            distribution: nil, version: version, prettyName: nil, group: nil, updateServer: nil,
            rebootStrategy: nil, engine: nil, engineStatus: nil, partitions: table, updatePending: false,
            systemState: "running", units: HostUnits(failed: unitFails(at: now) ? ["app.service"] : []),
            hazards: [], wallClockSeconds: nil, cgroups: nil, space: [], settings: nil, etcd: Self.ownEtcd,
            agent: agentState, unreadable: [], tableWarning: nil, oddSettings: nil)
    }

    private var agentState: AgentState {
        AgentState(
            agentVersion: "0.1.0", protocolVersion: ProtocolVersion.current, phase: phase,
            authority: hold.authority, claim: hold.claim, highestToken: hold.highestToken, journal: nil,
            version: stagedVersion, goal: nil, holdsOriginal: holdsOriginal,
            etcdVersionBefore: etcdBefore, revertedFrom: revertedFrom, deadManMinutes: nil,
            contents: contents,
            prefetch: phase == .prefetched
                ? stagedVersion.map {
                    PrefetchState(version: $0, bootID: bootIDBefore, partition: booted.other.rawValue)
                } : nil)
    }

    /// The etcd of a release that no table knows.
    static let ownEtcd = EtcdStart(
        unit: "etcd-member.service", origin: .imageProgram, starts: "/usr/bin/etcd")
}
