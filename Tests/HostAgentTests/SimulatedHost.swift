import AgentProtocol
import Synchronization

@testable import HostAgent

/// A host in memory: files, systemd, journald, partitions and update-engine, on a clock of its own.
///
/// The simulated parts behave as facts 0 and 1 describe the real ones. Time passes only while effects wait.
final class SimulatedHost: Sendable {
    let state: Mutex<State>

    init(_ change: (inout State) -> Void = { _ in }) {
        var initial = State()
        change(&initial)
        state = Mutex(initial)
    }

    struct State: Sendable {
        // MARK: What a test sets

        /// The version that the server offers to a group; no entry means no update.
        var offers: [String: String] = ["stable": "1353.8.0"]
        var trouble: Trouble?
        /// True if NEW_VERSION is filled, as in builds since 2017 (facts 0.15).
        var fillsNewVersion = true
        /// The duration of a download; 0 means that it ends before anybody looks.
        var downloadSeconds = 5
        var canMount = true
        /// The time from the engine's start to its boot flags (facts 0.28).
        var bootFlagsAfter = Duration.seconds(45)
        var setGoodTakes = Duration.milliseconds(10)
        var setGoodStatus: Int32 = 0
        /// True if the disk loses the attributes that set-good wrote.
        var forgetsSetGoodAtStop = false
        var listsProcesses = true
        /// True if the agent cannot read the disk itself, and cgpt can.
        var hidesItsDisk = false
        /// True if a follower of journald gets no line in time.
        var journaldIsLate = false
        /// True if systemd starts the engine at boot, unless it is masked.
        var engineStartsAtBoot = true
        var isRoot = true
        var journaldIsGone = false
        /// cgpt's warning on standard error, beside its answer.
        var cgptWarns = ""
        /// True if the engine logs no version, as in 2016, and leaves the time of its check where it offers nothing.
        var isOf2016 = false
        /// The operation at which the engine crashes; nil for never.
        var crashesAt: String?
        var hasAgentUnit = true
        /// Active units besides update-engine.
        var activeUnits: Set<String> = []
        /// Units that failed or are starting, with their active and sub states.
        var listedUnits: [(name: String, states: String)] = []
        /// As `systemctl show` prints the services that are loaded.
        var listedServices = ""
        var systemd = Systemd.silent
        /// True if postinst writes a reboot request, as in Flatcar's images (facts 0.56).
        var postinstAsksForReboot = false
        /// Units that ended and that systemd will start again.
        var restartingUnits: Set<String> = []

        // MARK: The host

        var now = Duration.seconds(1_000)
        var boot = 1
        var files: [String: FileCopy] = [
            "/etc/machine-id": .text("0123456789abcdef0123456789abcdef\n"),
            "/proc/sys/kernel/hostname": .text("k1\n"),
            "/proc/uptime": .text("77.20 150.11\n"),
            "/boot/coreos/vmlinuz-a": .text("a kernel"),
            SimulatedHost.configurationPath: .text(
                "GROUP=beta\nREBOOT_STRATEGY=off\n", mode: 0o640, owner: 500),
        ]
        var partitions: [Int: Attributes] = [
            3: Attributes(priority: 1, tries: 0, successful: true, content: "1298.5.0"),
            4: Attributes(priority: 0, tries: 0, successful: false, content: nil),
        ]
        var running = 3
        var unit = Unit()
        var engine: Engine?
        var log: [String] = []
        var mounted: Int?
        var rebootsAsked = 0

        // MARK: The agent's process

        var said: [AgentMessage] = []
        var commands: [String] = []
        var effectsDone = 0
        /// The number of effects of all processes so far.
        var effectsInAll = 0
        /// The effect of a power cut, counted over all processes.
        var cutAt: Int?
        /// The effect from which on nothing works any more, because the agent was killed.
        var killedAt: Int?
        /// The effect from which on nothing more can be written.
        var diskIsFullFrom: Int?
        /// The one effect that fails.
        var faultAt: Int?
        var interruptedAt: Duration?
        var lockHeldBySomebody = false

        // MARK: What its file systems and its clock on the wall say

        var freeBytes: [String: Int64] = ["/boot/coreos": 62 << 20, "/var/lib": 1 << 30]
        var wallClock = UTCTime(sinceEpoch: .seconds(1_795_480_000.5))

        // MARK: What is on the other partition, besides its os-release

        /// The versions that programs on the other partition print, by their paths there, for example `/bin/etcd2`.
        var programs: [String: String] = [:]
        /// The files on the other partition, by their paths there, for example `/lib/systemd/system/etcd2.service`.
        var stagedFiles: [String: String] = [:]
    }

    enum Trouble: Sendable { case serverDown, payloadCorrupt, postinstFails, disarmedByPostinst }

    /// The answers of systemd's own socket, without systemctl.
    enum Systemd: Sendable { case silent, tells, confused }

    struct Attributes: Hashable, Sendable {
        var priority: Int
        var tries: Int
        var successful: Bool
        /// The version on the partition; nil if it has none that boots.
        var content: String?
    }

    struct Unit: Hashable, Sendable {
        var isMasked = true
        var isMaskedForThisBoot = false
        var isFailed = false
        var exists = true
        var refusesMask = false
    }

    static let configurationPath = "/etc/coreos/update.conf"
    static let markerPath = HostReader.pendingMarkerPath

    /// Gives a test access to the state, to read or to change.
    func with<Value: Sendable>(_ body: (inout sending State) -> sending Value) -> Value {
        state.withLock { body(&$0) }
    }

    var said: [AgentMessage] { state.withLock { $0.said } }
    /// The message that ended the last conversation.
    var answer: AgentMessage? { said.last }
    var table: PartitionTable { state.withLock { $0.table } }
    var configuration: FileCopy? { state.withLock { $0.files[Self.configurationPath] } }
    var bootID: String { state.withLock { $0.bootID } }
    var unit: Unit { state.withLock { $0.unit } }
    var isEngineRunning: Bool { state.withLock { $0.engine != nil } }
    var isPending: Bool { state.withLock { $0.files[Self.markerPath] != nil } }

    func record() throws -> HostRecord { try RecordStore(effects: effects).load() }

    /// The record without the goal, which has a number and times.
    func recordWithoutGoal() throws -> HostRecord {
        var record = try record()
        record.goal = nil
        return record
    }

    /// Boots the host after a requested reboot or a power cut: GRUB chooses, `/run` is gone.
    func reboot() {
        state.withLock { $0.reboot() }
    }

    func pass(_ duration: Duration) {
        state.withLock { $0.pass(duration) }
    }
}

extension SimulatedHost.State {
    var bootID: String { "00000000-0000-4000-8000-00000000000\(boot)" }
    var other: Int { running == 3 ? 4 : 3 }
    var runningVersion: String { partitions[running]?.content ?? "" }

    var table: PartitionTable {
        PartitionTable(disk: "/dev/loop0", booted: partition(running), other: partition(other))
    }

    private func partition(_ number: Int) -> PartitionTable.Partition {
        let attributes = partitions[number] ?? .init(priority: 0, tries: 0, successful: false)
        return PartitionTable.Partition(
            number: number, label: number == 3 ? "USR-A" : "USR-B", device: "/dev/loop0p\(number)",
            priority: attributes.priority, tries: attributes.tries, successful: attributes.successful)
    }

    mutating func reboot() {
        engine = nil
        unit.isFailed = false
        unit.isMaskedForThisBoot = false
        mounted = nil
        boot += 1
        for path in files.keys where path.hasPrefix("/run/") { files[path] = nil }
        let bootable = partitions.filter {
            $0.value.priority > 0 && ($0.value.tries > 0 || $0.value.successful)
        }
        // The highest priority wins; the lower number where two are equal.
        guard
            let chosen = bootable.min(by: { ($1.value.priority, $0.key) < ($0.value.priority, $1.key) })?.key
        else { return }
        running = chosen
        if let tries = partitions[chosen]?.tries, tries > 0 { partitions[chosen]?.tries = tries - 1 }
        let isGuarded = files[EngineGuard.path] != nil && files[EngineGuard.permissionPath] == nil
        if engineStartsAtBoot, !unit.isMasked, unit.exists, !isGuarded { startEngine() }
    }
}

extension FileCopy {
    static func text(_ text: String, mode: UInt32 = 0o644, owner: UInt32 = 0) -> FileCopy {
        FileCopy(bytes: Array(text.utf8), mode: mode, userID: owner, groupID: owner)
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}
