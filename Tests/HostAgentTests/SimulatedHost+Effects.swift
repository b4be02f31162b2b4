import AgentProtocol
import Synchronization

@testable import HostAgent

extension SimulatedHost {
    /// The effects of the unit's process, which a signal may reach.
    var unitEffects: HostEffects {
        var effects = effects
        effects.isInterrupted = {
            self.state.withLock { state in
                state.isKilled || state.interruptedAt.map { $0 <= state.now } ?? false
            }
        }
        return effects
    }

    /// The effects of an agent that runs on this host.
    var effects: HostEffects {
        HostEffects(
            run: { (command) async throws(HostFault) in
                let outcome = try self.effect(command.description) { (state) throws(HostFault) in
                    try state.run(command)
                }
                // The unit starts at once, and is done when systemctl returns: time here is what it waits.
                let isStart = command.arguments == ["start", "--no-block", GoalFollower.unit]
                if isStart, outcome.succeeded { await self.runUnit() }
                return outcome
            },
            attend: { command, body in
                try self.effect(command.description) { (state) throws(HostFault) in
                    state.commands.append(command.description)
                }
                try await body(self.running(command))
            },
            askSystemd: { calls, further in
                guard let first = self.state.withLock({ $0.told(calls) }) else { return nil }
                let calls = further(first)
                return self.state.withLock { $0.told(calls) }.map { first + $0 }
            },
            files: fileAccess,
            holdingLock: { path, patience, body in
                try self.effect(path) { (state) throws(HostFault) in
                    guard !state.lockHeldBySomebody else { throw .lockHeld(path: path, waited: patience) }
                }
                try await body()
            },
            now: { self.state.withLock { $0.now } },
            sleep: { duration in self.pass(duration) },
            wallClock: { self.state.withLock { $0.wallClock } },
            syncDisks: {},
            isRoot: { self.state.withLock { $0.isRoot } },
            isInterrupted: { self.state.withLock { $0.isKilled } },
            say: { message in self.state.withLock { if !$0.isKilled { $0.said.append(message) } } })
    }

    private var fileAccess: HostFileAccess {
        HostFileAccess(
            read: { (path, _, _) throws(HostFault) in
                try self.effect(path) { (state) throws(HostFault) in state.read(path) }
            },
            replace: { (path, copy) throws(HostFault) in
                try self.effect(path) { (state) throws(HostFault) in
                    if let from = state.diskIsFullFrom, state.effectsDone >= from {
                        throw .fileFailed(operation: .write, path: path, reason: "No space left on device")
                    }
                    state.files[path] = copy
                }
            },
            remove: { (path) throws(HostFault) in
                try self.effect(path) { (state) throws(HostFault) in state.files[path] = nil }
            },
            makeDirectory: { (path, _) throws(HostFault) in try self.effect(path) { (_) throws(HostFault) in }
            },
            removeEmptyDirectory: { _ in },
            append: { (path, bytes) throws(HostFault) in
                try self.effect(path) { (state) throws(HostFault) in
                    let old = state.files[path]?.bytes ?? []
                    state.files[path] = FileCopy(bytes: old + bytes, mode: 0o600)
                }
            },
            readOn: { (path, offset, bytesMax) throws(HostFault) in
                // A glance changes nothing, and there are too many to fail at each.
                guard path != "/dev/loop0" else { return self.state.withLock { $0.tableBytes } }
                return try self.effect(path) { (state) throws(HostFault) in
                    state.bytes(of: path).map { Array($0.dropFirst(offset).prefix(bytesMax)) }
                }
            },
            resolve: { $0 },
            list: { (path) throws(HostFault) in
                try self.effect(path) { (state) throws(HostFault) in state.names(in: path) }
            },
            size: { (path) throws(HostFault) in
                try self.effect(path) { (state) throws(HostFault) in
                    state.read(path).map { Int64($0.bytes.count) }
                }
            },
            freeBytes: { (path) throws(HostFault) in
                try self.effect(path) { (state) throws(HostFault) in state.free(at: path) }
            },
            watch: { _ in nil })
    }

    /// Counts the effect, and lets it fail where the test wants it to.
    private func effect<Value: Sendable>(
        _ name: String, _ body: (inout State) throws(HostFault) -> Value
    ) throws(HostFault) -> Value {
        let result: Result<Value, HostFault> = state.withLock { state in
            state.effectsDone += 1
            state.effectsInAll += 1
            let fault = HostFault.fileFailed(operation: .write, path: name, reason: "the test says so")
            guard !state.isKilled, state.effectsDone != state.faultAt else { return .failure(fault) }
            do throws(HostFault) { return .success(try body(&state)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    // MARK: Running commands

    private func running(_ command: HostCommand) -> RunningCommand {
        if command.arguments == ["-update"] { return runningUpdate() }
        let after = command.arguments.first { $0.hasPrefix("--after-cursor=c") }
        let at = command.arguments.first { $0.hasPrefix("--cursor=c") }
        let start =
            after.flatMap { Int($0.dropFirst("--after-cursor=c".count)) }
            ?? at.flatMap { Int($0.dropFirst("--cursor=c".count)) }.map { $0 - 1 } ?? 0
        return runningJournalctl(from: start, follows: command.arguments.contains("-f"))
    }

    /// The client that asks, then looks every 5 s.
    private func runningUpdate() -> RunningCommand {
        let start = state.withLock { state in
            state.requestUpdate()
            return state.now
        }
        let polls = Counter()
        return RunningCommand { (upTo) async throws(HostFault) in
            try self.effect("-update") { (state) throws(HostFault) in
                let poll = start + .seconds(5 * (polls.value + 1))
                guard poll <= state.now + upTo else {
                    state.pass(upTo)
                    return .quiet
                }
                state.pass(max(.zero, poll - state.now))
                guard state.engine != nil else {
                    // Three rounds of its retries (facts 0.55).
                    state.pass(.seconds(90))
                    return .ended(.exited(1))
                }
                polls.increment()
                switch state.engine?.operation {
                case nil, "IDLE": return .ended(.exited(1))
                case "UPDATED_NEED_REBOOT": return .ended(.exited(0))
                default: return .lines([state.statusBlock])
                }
            }
        }
    }

    private func runningJournalctl(from start: Int, follows: Bool) -> RunningCommand {
        let shown = Counter(start)
        return RunningCommand { (upTo) async throws(HostFault) in
            try self.effect("journalctl") { (state) throws(HostFault) in
                let end = state.now + upTo
                while follows, state.log.count <= shown.value, state.now < end {
                    state.pass(.milliseconds(10))
                }
                guard !follows || !state.journaldIsLate else {
                    state.pass(max(.zero, end - state.now))
                    return state.quiet()
                }
                let lines = state.journalLines(after: shown.value)
                shown.set(state.log.count)
                guard lines.isEmpty else { return .lines(lines) }
                return follows ? state.quiet() : .ended(.exited(0))
            }
        }
    }
}

extension SimulatedHost.State {
    var isKilled: Bool {
        killedAt.map { $0 <= effectsDone } ?? false || cutAt.map { $0 <= effectsInAll } ?? false
    }

    /// A wait in which nothing came is as one with the next: it counts as no effect of its own.
    fileprivate mutating func quiet() -> RunningCommand.Happening {
        effectsDone -= 1
        effectsInAll -= 1
        return .quiet
    }

    fileprivate func names(in directory: String) -> [String]? {
        let below = files.keys.filter { $0.hasPrefix(directory + "/") }
        let names = Set(below.map { $0.dropFirst(directory.count + 1).prefix { $0 != "/" } }.map(String.init))
        return names.isEmpty ? nil : Array(names)
    }

    /// A directory that is not named lies on the file system of the one above.
    fileprivate func free(at path: String) -> Int64 { freeBytes[path] ?? freeBytes["/var/lib"] ?? 0 }

    /// A partition has bytes, whatever is on it.
    fileprivate func bytes(of path: String) -> [UInt8]? {
        guard path.hasPrefix("/dev/"), let number = path.last?.wholeNumberValue else {
            return files[path]?.bytes
        }
        return Array("a file system of \(partitions[number]?.content ?? "nothing")".utf8)
    }

    private func staged(_ path: String) -> FileCopy? {
        let below = String(path.dropFirst("/run/turnstile/usr".count))
        return (stagedFiles[below] ?? programs[below]).map { .text($0) }
    }

    /// Files that are made when they are read.
    fileprivate func read(_ path: String) -> FileCopy? {
        switch path {
        case "/proc/sys/kernel/random/boot_id": .text(bootID + "\n")
        case "/etc/os-release":
            .text("NAME=\"Container Linux by CoreOS\"\nID=coreos\nVERSION_ID=\(runningVersion)\n")
        case "/run/turnstile/usr/lib/os-release":
            mounted.flatMap { partitions[$0]?.content }.map { .text("ID=coreos\nVERSION_ID=\($0)\n") }
        case "/sys/fs/cgroup/systemd/system.slice/update-engine.service/cgroup.procs":
            engine.flatMap { engine in
                listsProcesses ? .text(engine.isSettingGood ? "1336\n1400\n1401\n" : "1336\n") : nil
            }
        case _ where path.hasPrefix("/run/turnstile/usr/"): mounted == nil ? nil : staged(path)
        default: files[path]
        }
    }
}
