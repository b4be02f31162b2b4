import AgentProtocol
import RolloutModel

extension HostFacts {
    /// The facts that gates need from an agent's report; nil if the version or the host's identity could not be
    /// read.
    ///
    /// - Parameters:
    ///   - asked: when the report was asked for.
    ///   - answered: when the report arrived.
    public init?(_ report: HostReport, asked: Moment, answered: Moment) {
        guard report.identityFault == nil, let version = report.version else { return nil }
        var untold = Self.untold(report)
        let clock = Self.clock(report)
        let settings = Settings(report)
        let units = report.units?.believed
        if report.wallClockSeconds != nil, clock == nil {
            untold[.clock] = "it shows no time of our calendar"
        }
        if report.units != nil, units == nil {
            untold[.units] = "what it tells are no names of units"
        }
        if report.settings != nil, settings == nil {
            untold[.settings] = "what it tells are no files and digests"
        }
        self.init(
            machine: MachineID(report.machineID), boot: BootID(report.bootID), version: Version(version),
            distribution: report.distribution.flatMap { Distribution(rawValue: $0) },
            committed: report.partitions?.runsGoodPartition,
            updatePending: report.updatePending || report.partitions?.isArmed == true,
            otherIsNext: report.partitions?.otherIsNext, damagedTable: DamagedTable(report),
            oddSettings: (report.oddSettings ?? []).map(\.plain),
            claimedBy: report.isEngaged ? report.agent.authority.map { RolloutID($0.rollout) } : nil,
            holder: report.agent.claim.map { LockHolder($0) },
            hazards: report.hazards,
            revertedFrom: report.agent.revertedFrom.map { Version($0) },
            partition: report.partitions?.booted.label, otherPartition: report.partitions?.other.label,
            etcdBefore: report.agent.etcdVersionBefore,
            etcd: report.etcd.map { EtcdSource($0) },
            contents: report.agent.contents.map { StagedContents($0) },
            otherWasTriedInVain: report.partitions?.otherWasTriedInVain ?? false,
            engineOperation: report.engineStatus?.occupation,
            cgroups: report.cgroups, space: report.space,
            clock: clock.map { ClockReading(shown: $0, asked: asked, answered: answered) },
            settings: settings, units: units, untold: untold)
        partitionAttributes = report.partitions.map { PartitionAttributes($0) }
    }

    private static func untold(_ report: HostReport) -> [Untold: String] {
        let subjects: [String: Untold] = [
            Unreadable.hazards: .hazards, Unreadable.updatePending: .pendingUpdate,
            Unreadable.engineUnit: .engine, Unreadable.engineStatus: .engine, Unreadable.cgroups: .cgroups,
            Unreadable.space: .space, Unreadable.settings: .settings, Unreadable.units: .units,
            Unreadable.partitions: .partitions,
        ]
        return report.unreadable.reduce(into: [:]) { untold, entry in
            if let what = subjects[entry.subject] { untold[what] = entry.reason }
        }
    }

    private static func clock(_ report: HostReport) -> UTCTime? {
        report.wallClockSeconds.flatMap { UTCTime(secondsSince1970: $0) }
    }
}

extension HostFacts.PartitionAttributes {
    fileprivate init(_ table: PartitionTable) {
        self.init(booted: Self.words(table.booted), other: Self.words(table.other))
    }

    private static func words(_ partition: PartitionTable.Partition) -> String {
        "\(partition.label.plain(32)) \(partition.priority)/\(partition.tries)/\(partition.successful ? 1 : 0)"
    }
}

extension HostFacts.DamagedTable {
    fileprivate init?(_ report: HostReport) {
        guard let warning = report.tableWarning else { return nil }
        self.init(disk: report.partitions?.disk.plain(512) ?? "its disk", why: warning.plain(200))
    }
}

extension HostUnits {
    /// nil where these are no names of units.
    var believed: HostUnits? {
        let names = failed + starting + (running ?? [])
        return names.count <= Self.countMax && names.allSatisfy(\.isPlainUnitName) ? self : nil
    }

    private static let countMax = 4096
}

extension String {
    fileprivate var isPlainUnitName: Bool {
        (1..<256).contains(utf8.count) && utf8.allSatisfy { (0x21..<0x7f).contains($0) }
    }
}

extension HostFacts.Settings {
    /// nil where they were not told, or what was told are no files and digests.
    init?(_ report: HostReport) {
        guard let told = report.settings,
            (told.userData + told.dropIns).allSatisfy({ $0.isPlain })
        else { return nil }
        func byPath(_ files: [FileDigest]) -> [String: String] {
            Dictionary(files.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
        }
        self.init(userData: byPath(told.userData), dropIns: byPath(told.dropIns))
    }
}

extension FileDigest {
    /// As a digest is, of a path that may be shown.
    fileprivate var isPlain: Bool {
        let hexadecimal = sha256.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
        }
        return hexadecimal && sha256.utf8.count == 64 && path.utf8.count <= 512
            && path.utf8.allSatisfy { (0x20..<0x7f).contains($0) }
    }
}

extension PartitionTable {
    /// Why the boot loader leaves the running partition, where no update is armed.
    fileprivate var otherIsNext: String? {
        guard !staysOnNextBoot, !isArmed else { return nil }
        return other.priority == booted.priority
            ? "both have priority \(other.priority), and \(other.label) comes first on the disk"
            : "its priority is \(other.priority), and \(booted.label), which runs, has \(booted.priority)"
    }
}

extension OddSetting {
    /// With short texts, and of ASCII where they are shown as they are.
    fileprivate var plain: OddSetting {
        OddSetting(
            key: key == "SERVER" ? "SERVER" : "GROUP", value: String(value.prefix(256)),
            path: path.plain(512), line: line, meant: meant.plain(256))
    }
}

extension String {
    /// Short, and of ASCII that can be seen: a host chose it.
    fileprivate func plain(_ scalarsMax: Int) -> String {
        let shown = unicodeScalars.prefix(scalarsMax).map { (" "..."~") ~= $0 ? $0 : "?" }
        return String(String.UnicodeScalarView(shown))
    }
}

extension EngineReading {
    /// The operation of update_engine; nil while the engine is idle, or has an update that waits for a reboot, which is
    /// another gate's.
    fileprivate var occupation: String? {
        ["UPDATE_STATUS_IDLE", "UPDATE_STATUS_UPDATED_NEED_REBOOT"].contains(operation) ? nil : operation
    }
}
