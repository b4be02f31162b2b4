import Foundation

extension PracticeCluster {
    /// Looks until there is something to give back. A slow machine gets the time that it needs: the wait goes on while the
    /// hosts and the rollout get on, and ends once nothing of them has moved for `quietSeconds`, or after ten times that.
    ///
    /// - Parameters:
    ///   - what: the awaited thing, for the message.
    ///   - host: the host that it depends on; nil for all of them.
    /// - Throws: `Failure` with what the host was doing.
    @discardableResult
    func until<Value>(
        _ what: String, on host: String? = nil, quietSeconds: Int = 120,
        every pause: Duration = .milliseconds(400), _ look: () async throws -> Value?
    ) async throws -> Value {
        let hosts = host.map { [$0] } ?? names
        let start = ContinuousClock.now
        var (moved, signs) = (start, signsOfLife(of: hosts))
        while true {
            if let value = try await look() { return value }
            let (now, latest) = (ContinuousClock.now, signsOfLife(of: hosts))
            if latest != signs { (moved, signs) = (now, latest) }
            guard now - moved < .seconds(quietSeconds), now - start < .seconds(10 * quietSeconds) else {
                break
            }
            try await Task.sleep(for: pause)
        }
        let spent = (ContinuousClock.now - start).components.seconds
        var report = "\(what): not within \(spent) s"
        for host in hosts { report += "\n\(await lastWords(of: host))" }
        throw Failure(what: report)
    }

    /// Sizes and times of what changes when a boot, a step on a host or a rollout gets on. etcd's chatter is not among it.
    private func signsOfLife(of hosts: [String]) -> [String] {
        let places = hosts.flatMap { host in
            ["boot.log", "console.log", "disk", "upper/var/lib/turnstile/state.json"].map {
                "\(hostDirectory(host))/\($0)"
            }
        }
        return (places + journals).map { path in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            let size = (attributes?[.size] as? NSNumber)?.int64Value ?? -1
            let time = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return "\(path) \(size) \(time)"
        }
    }

    /// The hosts' trees are among the cluster's files, and far too many to be looked through.
    private var journals: [String] {
        let files = FileManager.default
        let directories =
            (try? files.contentsOfDirectory(atPath: directory))?
            .filter { $0.hasPrefix("journal") } ?? []
        return directories.flatMap { name in
            ((try? files.subpathsOfDirectory(atPath: "\(directory)/\(name)")) ?? [])
                .filter { $0.hasSuffix(".jsonl") }.sorted().map { "\(directory)/\(name)/\($0)" }
        }
    }

    /// The end of a host's console and firmware log; and its agent, its engine and its journal, where it answers.
    func lastWords(of host: String) async -> String {
        let logs = ["boot.log", "console.log"].map { "\(hostDirectory(host))/\($0)" }
        let outside = try? await run("/usr/bin/tail", ["-n", "20"] + logs).output
        let inside = try? await onHost(
            host,
            """
            timeout 10 /opt/bin/turnstile-agent report; timeout 10 update_engine_client -status 2>&1
            systemctl list-jobs --no-legend --no-pager; journalctl -b -n 30 -q --no-pager
            """)
        return "\(host) was doing:\n\(outside ?? "")\n\(inside ?? "it does not answer by SSH")"
    }

    private func hostDirectory(_ host: String) -> String {
        "\(directory)/hosts/\(host.split(separator: "-").last ?? "")"
    }

    /// Changes one of the configuration's timeouts, whatever it was.
    func setTimeout(_ name: String, to value: String) throws {
        let yaml = try String(contentsOfFile: configPath, encoding: .utf8)
        let pattern = try Regex("\\b\(name): [0-9]+[a-z]+")
        let changed = yaml.replacing(pattern, with: "\(name): \(value)")
        guard changed != yaml || yaml.contains("\(name): \(value)") else {
            throw Failure(what: "\(configPath) has no timeout \(name)")
        }
        try changed.write(toFile: configPath, atomically: true, encoding: .utf8)
    }
}
