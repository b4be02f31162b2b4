import ClusterAnswers
import Foundation
import HostFiles
import RolloutModel

extension HostAudit {
    /// Reads the output of the fragment.
    ///
    /// - Throws: `MalformedText` when os-release is missing or malformed.
    init(host: HostID, output: String) throws(MalformedText) {
        self.init(host: host.rawValue)
        let sections = AuditFragment.sections(in: output)
        let files = AuditFragment.files(in: sections[.files] ?? "")
        let release = try OSRelease(files[AuditFragment.Path.osRelease] ?? "")
        distribution = release.id
        version = release.versionID
        readFiles(files)
        readUnits(sections[.units] ?? "", locksmith: files[AuditFragment.Path.locksmith])
        failedUnits = sections[.failed].flatMap(Self.failedUnits)
        updatePending = sections[.pending].map { !$0.isEmpty }
        partitions = Partitions(rootdev: sections[.rootdev] ?? "", table: sections[.partitions] ?? "")
        if partitions == nil {
            partitions = Partitions(kernelArguments: files[AuditFragment.Path.kernelArguments] ?? "")
        }
        userData = UserData(sha256sum: sections[.userData] ?? "")
        readRootFiles(AuditFragment.files(in: sections[.rootFiles] ?? ""))
        readEtcd(sections[.etcd] ?? "")
        fleet = Self.version(in: sections[.fleet])
        docker = Self.version(in: sections[.docker])
        agent = sections[.agent]?.firstLine
        if let kind = Distribution(release) { readSettings(files, kind) }
        self = bounded
    }

    private mutating func readFiles(_ files: [String: String]) {
        kernel = files[AuditFragment.Path.kernel]?.firstLine
        machineID = files[AuditFragment.Path.machineID]?.firstLine
        bootID = files[AuditFragment.Path.bootID]?.firstLine
        uptimeSeconds =
            files[AuditFragment.Path.uptime]?.split(separator: " ").first.flatMap { Double($0) }
    }

    /// Reads the blocks of `systemctl show`, one for each unit.
    private mutating func readUnits(_ text: String, locksmith coordinator: String?) {
        let blocks = ((try? SystemdUnitStates.blocks(text)) ?? []).compactMap { try? SystemdUnitState($0) }
        func unit(_ name: String) -> SystemdUnitState? {
            blocks.first { $0["Id"] == name && !$0.loadState.isEmpty }
        }
        engine = unit("update-engine.service").flatMap {
            $0.exists ? Engine(isMasked: $0.isMasked, activeState: $0.activeState) : nil
        }
        locksmith = unit("locksmithd.service").flatMap {
            guard $0.exists else { return nil }
            let strategy = coordinator.flatMap { try? OSRelease($0) }?["STRATEGY"]
            return Locksmith(isMasked: $0.isMasked, activeState: $0.activeState, strategy: strategy)
        }
    }

    private static func failedUnits(_ text: String) -> [String]? {
        var lines = text.linesOfBytes
        guard lines.popLast() == "@ok", let list = try? SystemdUnitList(lines.joined(separator: "\n")) else {
            return nil
        }
        return list.entries.filter(\.isFailing).map(\.unit).sorted()
    }

    /// Reads etcd's version, and whether it is a proxy, from each address in turn. Answers of another machine do not
    /// count for this host; a proxy tells the cluster's version, and has no server's.
    private mutating func readEtcd(_ text: String) {
        let answers = HostHTTP.answers(text, errors: "")
        for index in stride(from: 0, to: answers.count - 1, by: 2) where answers[index].isOfOwnHost {
            let lines = answers[index].body.linesOfBytes
            guard let version = lines.lazy.compactMap({ try? EtcdVersionAnswer(String($0)) }).first else {
                continue
            }
            let proxy = answers[index + 1]
            let isProxy = proxy.status == 200 && EtcdProxyAnswer.isOne(proxy.body)
            etcdServer = isProxy ? nil : version.server.description
            etcdCluster = version.cluster?.description
            return
        }
    }

    private mutating func readRootFiles(_ files: [String: String]) {
        previousVersion = files[AuditFragment.Path.previousVersion]?.firstLine
        guard let record = files[AuditFragment.Path.agentRecord],
            let known = try? JSONDecoder().decode(AgentRecord.self, from: Data(record.utf8))
        else { return }
        agentPhase = known.phase
        revertedFrom = known.revertedFrom
    }

    /// The part of the agent's record that an audit reads.
    private struct AgentRecord: Decodable {
        var phase: String
        var revertedFrom: String?
    }

    /// Reads the settings in force from the files that are there. With none of them, even the engine's own default is a
    /// guess.
    private mutating func readSettings(_ files: [String: String], _ kind: Distribution) {
        let found = kind.updateConfigurationSearchPaths.compactMap { path in
            files[path].flatMap { try? UpdateConfiguration($0) }.map { (path, $0) }
        }
        guard !found.isEmpty else { return }
        let settings = UpdateSettings(
            distribution: kind, version: version.flatMap { ReleaseVersion($0) },
            files: Dictionary(found, uniquingKeysWith: { first, _ in first }))
        group = settings.group.value
        let odd = settings.oddLines.map {
            OddSetting(
                key: $0.key, value: String($0.value.prefix(128)), path: $0.path, line: $0.line,
                meant: String($0.meant.prefix(128)))
        }
        oddSettings = odd.isEmpty ? nil : odd
        rebootStrategy = settings.rebootStrategy?.value
    }

    /// `fleetctl version 0.11.8`, `Docker version 18.06.3-ce, build d7080c1`
    private static func version(in text: String?) -> String? {
        let words = text?.firstLine?.split(separator: " ") ?? []
        guard let mark = words.firstIndex(of: "version"), words.indices.contains(mark + 1) else { return nil }
        let version = words[mark + 1].prefix { $0 != "," }
        return version.first?.isNumber == true ? String(version) : nil
    }
}

extension String {
    fileprivate var firstLine: String? {
        linesOfBytes.lazy.map(\.trimmingBlanks).first { !$0.isEmpty }.map(String.init)
    }
}

extension HostAudit.UserData {
    /// Takes the first file of which `sha256sum` printed a digest.
    init?(sha256sum text: String) {
        for line in text.linesOfBytes {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2, words[0].utf8.count == 64, words[0].allSatisfy(\.isHexDigit) else {
                continue
            }
            let path = words[1].drop { $0 == " " || $0 == "*" }
            self.init(path: String(path), sha256: String(words[0]))
            return
        }
        return nil
    }
}

extension HostAudit.Partitions {
    /// nil if either partition could not be read.
    init?(rootdev: String, table: String) {
        let (text, errors) = CgptWarning.parted(table)
        guard let running = try? PartitionDevice(rootdev: rootdev), let table = try? CgptTable(text),
            let booted = table[running.number], let here = booted.attributes,
            let other = table.usrPartitions.first(where: { $0.number != running.number }),
            let there = other.attributes
        else { return nil }
        self.booted = booted.label
        warning = CgptWarning.of(errors: errors, table: table)
        // GRUB takes the first of two partitions with the same priority.
        let comesFirst = (there.priority, -other.number) > (here.priority, -booted.number)
        otherIsNext = there.isBootable && comesFirst
        otherIsArmed = there.tries > 0 && there.priority > 0 && comesFirst
        isCommitted = here.successful && here.tries == 0 && otherIsNext == false
        otherWasTriedInVain = there.priority > 0 && there.tries == 0 && !there.successful
        attributes = here.description
        otherAttributes = there.description
    }

    /// The running partition, by the kernel's arguments (facts 4). The boot loader's next choice stays unknown.
    init?(kernelArguments: String) {
        let slots = [
            "7130c94a-213a-4e5a-8e26-6cce9662f132": "USR-A",
            "e03dd35c-7c2d-4a47-b3fe-27f15780a57c": "USR-B",
        ]
        let prefixes = ["mount.usr=PARTUUID=", "usr=PARTUUID="]
        for argument in kernelArguments.utf8.split(whereSeparator: { $0 <= 0x20 }).map(Substring.init) {
            for prefix in prefixes where argument.hasPrefix(prefix) {
                guard let label = slots[argument.dropFirst(prefix.count).lowercased()] else { continue }
                booted = label
                return
            }
        }
        return nil
    }
}
