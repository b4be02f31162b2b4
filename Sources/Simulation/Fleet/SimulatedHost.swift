import AgentProtocol
import HostAgent
import RolloutModel

/// A host as the world has it: two partitions, an agent's record, and a life of its own.
struct SimulatedHost: Sendable {
    let id: HostID
    var machine: MachineID
    /// What its boots are called, where that is given.
    var bootNames: [Int: String] = [:]
    /// What each partition has on it.
    var images: [Slot: String]
    var booted = Slot.a
    /// The running partition is marked good.
    var isCommitted = true
    /// The other partition is tried at the next boot.
    var isArmed = false
    var boots = 1
    /// When it is up again; nil while it is up.
    var upAt: Moment?
    /// When it went down last.
    var downSince: Moment = -1000
    /// Its etcd member and its fleet are up from then on.
    var servicesAt: Moment = -1000

    // The agent's record.
    var phase = HostPhase.idle
    var hold = HostHold()
    var holdsOriginal = false
    var revertedFrom: String?
    var etcdBefore: String?
    /// What it read of the partition it staged.
    var contents: PartitionContents?

    // What may go wrong.
    /// It loses its power then, for a moment, whatever it is in the middle of.
    var powerCutAt: Moment?
    /// Nothing brings it up again.
    var isBroken = false
    /// Told to it at its next boot, and forgotten then.
    var nextBoot = BootFate.asItShould
    var memberIsIll = false
    /// Ill, and now and then it answers as if it were well.
    var memberFlaps = false
    /// fleet there renews its entry no more, since then.
    var fleetSilentSince: Moment?

    /// Until then a unit fails there which did not before its update; somebody mends it.
    var unitFailsUntil: Moment = -1000

    /// When it last became other than whole, but for fleet; nil while it is whole.
    var unwholeSince: Moment?
    /// When its etcd member was first seen to be ill; nil while it is well.
    var illSince: Moment?
    /// Boots into a partition that was armed.
    var updatesBooted = 0

    init(id: HostID, version: String) {
        self.id = id
        machine = MachineID("m-\(id)")
        images = [.a: version]
    }

    enum Slot: String, Sendable {
        case a = "USR-A"
        case b = "USR-B"

        var other: Slot { self == .a ? .b : .a }
    }

    /// What becomes of a reboot.
    enum BootFate: Hashable, Sendable {
        case asItShould
        /// It takes so many seconds.
        case slow(Double)
        /// It hangs until somebody presses the button.
        case never
        /// The boot loader goes back to the partition it came from.
        case reverts
        /// What is on the new partition is something else.
        case otherVersion(String)
        /// Its etcd member does not come up on the new partition, until somebody mends it.
        case memberStaysIll
        /// Its fleet does not come up, and what fleet lists is an entry from before the reboot.
        case fleetStaysSilent
    }

    var member: EtcdMemberID { EtcdMemberID("e-\(id)") }
    var bootID: String { bootID(of: boots) }
    var bootIDBefore: String { bootID(of: boots - 1) }
    var version: String { images[booted] ?? "unknown" }
    var isUp: Bool { upAt == nil }

    private func bootID(of boot: Int) -> String { bootNames[boot] ?? "\(id)-\(boot)" }

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
            machineID: machine.rawValue, bootID: bootID, hostname: id.rawValue, version: version,
            partitions: table, systemState: "running",
            units: HostUnits(failed: unitFails(at: now) ? ["app.service"] : []), hazards: [],
            etcd: Self.ownEtcd,
            agent: AgentState(
                agentVersion: "0.1.0", phase: phase, authority: hold.authority, claim: hold.claim,
                highestToken: hold.highestToken,
                version: isArmed ? images[booted.other] : nil, holdsOriginal: holdsOriginal,
                etcdVersionBefore: etcdBefore, revertedFrom: revertedFrom, contents: contents))
    }

    /// Of a release that no table knows.
    static let ownEtcd = EtcdStart(
        unit: "etcd-member.service", origin: .imageProgram, starts: "/usr/bin/etcd")
}
