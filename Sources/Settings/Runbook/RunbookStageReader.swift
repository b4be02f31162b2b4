import Foundation
import RolloutModel
import Yams

/// Reads one stage of a runbook's file. Problems go to `problems`, and reading goes on.
struct RunbookStageReader {
    /// The file's name, for errors.
    let file: String
    /// Every host of the configuration.
    let hosts: [HostID]
    /// Makes a path of the file absolute.
    let absolute: (String) -> String
    let hasEnded: (StageName) -> Bool

    /// - Returns: nil where the stage could not be read.
    func stage(
        _ section: ConfigurationSection, _ problems: inout [ConfigurationProblem]
    ) -> RunbookStage? {
        let name = section.require("name", .stageName, &problems)
        let kinds = ["upgrade", "platform"].filter { section.node($0) != nil }
        guard kinds.count == 1 else {
            section.report(
                nil, found: kinds.isEmpty ? "neither" : "both",
                expected: "one of 'upgrade' and 'platform'", &problems)
            return nil
        }
        let work: RunbookStage.Work?
        if let upgrade = part("upgrade", .upgrade, section, &problems) {
            work = hostStage(upgrade, &problems).map { .hosts($0) }
        } else if let platform = part("platform", .platform, section, &problems) {
            let isToCome = name.map { !hasEnded($0) } ?? true
            work = platformStage(platform, looksForFiles: isToCome, &problems).map { .platform($0) }
        } else {
            work = nil
        }
        guard let name, let work else { return nil }
        return RunbookStage(name: name, work: work)
    }

    private func part(
        _ key: String, _ keys: RunbookKeys, _ section: ConfigurationSection,
        _ problems: inout [ConfigurationProblem]
    ) -> ConfigurationSection? {
        guard let node = section.node(key) else { return nil }
        if node.isNothing {
            section.report(key, found: "nothing", expected: "keys and values", &problems)
        }
        return section.section(key, keys: keys.names, &problems)
    }

    private func hostStage(
        _ section: ConfigurationSection, _ problems: inout [ConfigurationProblem]
    ) -> HostStage? {
        let chosen = chosenHosts(section, &problems)
        let to = section.require("to", .release, &problems)
        let order = section.value("order", .hostOrder, &problems)
        let group = section.value("group", .group, &problems)
        let server = section.value("server", .updateServer, &problems)
        let engineRest = section.value("leave-update-engine", .engineRest, &problems)
        let commit = section.value("commit", .commitMethod, &problems)
        let deadMan = section.value("dead-man", .deadMan, &problems)
        let etcdAfter = section.value("etcd-after", .etcdVersion, &problems)
        let onFailure = section.value("on-failure", .onFailure, &problems)
        let retries = section.value("retry-reverted", .truth, &problems)
        let moves = section.value("move-leader", .truth, &problems)
        let stopAfter = section.value("stop-after", .whole(1...100_000), &problems)
        let overrides = overrides(section, &problems)
        return to.map { to in
            HostStage(
                hosts: chosen, to: to, order: order, group: group, server: server, engineRest: engineRest,
                commit: commit, deadMan: deadMan.map { $0.minutes.map(String.init) ?? "off" },
                etcdAfter: etcdAfter, onFailure: onFailure ?? .hold, retryReverted: retries ?? false,
                movesLeader: moves ?? false, stopAfter: stopAfter, overrides: overrides)
        }
    }

    private func chosenHosts(
        _ section: ConfigurationSection, _ problems: inout [ConfigurationProblem]
    ) -> [HostID]? {
        guard section.node("hosts") != nil else { return nil }
        section.demand("hosts", "at least one host; without this key, all", &problems)
        let names = section.values("hosts", each: .hostName, &problems) ?? []
        var seen: Set<String> = []
        for (index, name) in names.enumerated() {
            if !seen.insert(name).inserted {
                section.report(
                    "hosts", item: index, found: "'\(name)' a second time", expected: "each host once",
                    &problems)
            }
            if !hosts.contains(HostID(name)) {
                section.report(
                    "hosts", item: index, found: name.quotedForError, expected: expected(for: name),
                    &problems)
            }
        }
        return names.map { HostID($0) }
    }

    /// The hosts that may be named, in words for one that may not.
    private func expected(for host: String) -> String {
        let nearest = Spelling.nearest(to: host, in: hosts.map(\.rawValue))
        return "a host of the configuration" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    }

    private func overrides(
        _ section: ConfigurationSection, _ problems: inout [ConfigurationProblem]
    ) -> [GateOverride] {
        let gates = OverridableGate.allCases
        guard let section = section.section("override", keys: gates.map(\.rawValue), &problems) else {
            return []
        }
        return gates.compactMap { gate in
            section.value(gate.rawValue, .reason, &problems).map { GateOverride(gate: gate, reason: $0) }
        }
    }

    private func platformStage(
        _ section: ConfigurationSection, looksForFiles: Bool, _ problems: inout [ConfigurationProblem]
    ) -> PlatformStage? {
        let way = section.require("way", .platformWay, &problems)
        let to = section.require("to", .platformVersion, &problems)
        let old = tool("deisctl", "templates", section, looksForFiles: looksForFiles, &problems)
        let new = tool("new-deisctl", "new-templates", section, looksForFiles: looksForFiles, &problems)
        let images = section.values("keep-image", each: .platformComponent, &problems)
        let proxy = section.value("proxy-protocol", .onOrOff, &problems)
        let isBackedUp = section.value("backed-up", .truth, &problems) ?? false
        let backup = section.value("backup-into", .path, &problems).map(absolute)
        let controller = section.value("controller", .controllerURL, &problems)
        if isBackedUp, backup != nil {
            section.report(
                "backup-into", found: "a directory", expected: "none beside 'backed-up': no backup is made",
                &problems)
        }
        guard let way, let to, let old, let new else { return nil }
        return PlatformStage(
            way: way, to: to, old: old, new: new, keptImages: images ?? [], proxyProtocol: proxy,
            isBackedUp: isBackedUp, backup: backup, controller: controller)
    }

    private func tool(
        _ program: String, _ templates: String, _ section: ConfigurationSection, looksForFiles: Bool,
        _ problems: inout [ConfigurationProblem]
    ) -> PlatformStage.Tool? {
        let place = section.require(program, .deisctlPlace, &problems).map { place in
            if case .here(let path) = place { return DeisctlPlace.here(path: absolute(path)) }
            return place
        }
        let directory = section.require(templates, .path, &problems).map(absolute)
        guard let place, let directory else { return nil }
        if looksForFiles {
            if let missing = missingProgram(place) {
                section.report(program, found: missing, expected: "the file of a deisctl", &problems)
            }
            if let missing = missingTemplate(directory) {
                section.report(
                    templates, found: missing, expected: "a directory with all templates of deisctl",
                    &problems)
            }
        }
        if case .host(let host, _) = place, !hosts.contains(host) {
            section.report(
                program, found: host.rawValue.quotedForError, expected: expected(for: host.rawValue),
                &problems)
        }
        return PlatformStage.Tool(program: place, templates: directory)
    }

    /// nil for a program on a host: that is read when the stage is begun.
    private func missingProgram(_ place: DeisctlPlace) -> String? {
        guard case .here(let path) = place else { return nil }
        return isThere(path, asDirectory: false) ? nil : "no file '\(path)'"
    }

    private func missingTemplate(_ directory: String) -> String? {
        guard isThere(directory, asDirectory: true) else { return "no directory '\(directory)'" }
        return PlatformTemplates.files.sorted().first { !isThere("\(directory)/\($0)", asDirectory: false) }
            .map { "'\(directory)' without '\($0)'" }
    }

    private func isThere(_ path: String, asDirectory: Bool) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            && isDirectory.boolValue == asDirectory
    }
}
