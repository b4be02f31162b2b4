import AgentProtocol

@testable import HostAgent

/// The programs of the host.
extension SimulatedHost.State {
    mutating func run(_ command: HostCommand) throws(HostFault) -> CommandOutcome {
        commands.append(command.description)
        pass(.milliseconds(5))
        let arguments = command.arguments
        switch command.program {
        case "systemctl": return systemctl(arguments)
        case "rootdev": return .exited(0, "/dev/loop0p\(running)\n")
        case "cgpt": return cgpt(arguments)
        case "journalctl" where journaldIsGone: return .exited(1, errors: "No journal files were found.")
        case "/usr/sbin/coreos-setgoodroot":
            pass(min(setGoodTakes, command.allowed))
            guard setGoodTakes < command.allowed else { throw .commandTooSlow(command) }
            if setGoodStatus == 0 {
                partitions[running] = .init(
                    priority: 1 + (partitions[other]?.priority ?? 0), tries: 0, successful: true,
                    content: runningVersion)
            }
            return .exited(setGoodStatus)
        case "journalctl":
            return .exited(0, log.isEmpty ? "" : journalLines(after: log.count - 1).joined() + "\n")
        case "update_engine_client": return client(arguments)
        case "mount": return mount(arguments)
        case "/proc/self/exe":
            // Only in the partition itself, and only while that is mounted.
            guard arguments.count == 3, arguments[0] == ConfinedProgram.verb, mounted != nil,
                arguments[1] == "/run/turnstile/usr", let printed = programs[arguments[2]]
            else { return .exited(1, errors: "Error: cannot run \(arguments.last ?? "")") }
            return .exited(0, printed)
        case "umount":
            guard mounted != nil else { return .exited(32, errors: "umount: not mounted.") }
            mounted = nil
            return .exited(0)
        default: throw .commandUnavailable(command, reason: "no such program here")
        }
    }

    // MARK: systemd

    private mutating func systemctl(_ arguments: [String]) -> CommandOutcome {
        switch arguments.first {
        case "show":
            if arguments.contains("TriggeredBy") { return .exited(0, listedServices) }
            let units = arguments.filter { $0.hasSuffix(".service") }
            return .exited(0, units.map(properties(of:)).joined(separator: "\n"))
        case "list-units": return .exited(0, unitList)
        case "daemon-reload": break
        case "start" where arguments.last == GoalFollower.unit:
            guard hasAgentUnit else { return .exited(5, errors: "Unit turnstile-agent.service not found.") }
        case "is-system-running": return .exited(unit.isFailed ? 1 : 0, systemState + "\n")
        case "start":
            guard !isUnitMasked else {
                return .exited(
                    1, errors: "Failed to start update-engine.service: Unit update-engine.service is masked.")
            }
            unit.isFailed = false
            if engine == nil { startEngine() }
        case "stop": stopEngine()
        case "reset-failed": unit.isFailed = false
        case "mask":
            if unit.refusesMask { return .exited(1, errors: "Failed to mask unit: File exists.") }
            unit.isMasked = true
        case "unmask":
            if arguments.contains("--runtime") {
                unit.isMaskedForThisBoot = false
            } else {
                unit.isMasked = false
            }
        case "--no-block": rebootsAsked += 1
        default: return .exited(1, errors: "Unknown operation.")
        }
        return .exited(0)
    }

    mutating func stopEngine() {
        if engine != nil { unit.isFailed = true }
        if forgetsSetGoodAtStop { partitions[running]?.successful = false }
        // The whole control group: a set-good that still works dies with the engine (facts 0.27).
        engine = nil
    }

    var systemState: String { unit.isFailed ? "degraded" : "running" }

    /// With dots before what is not well, as from a terminal; the engine among them.
    var unitList: String {
        var lines = listedUnits.map {
            "● \($0.name) loaded \($0.states) Something that is \"described\" here"
        }
        for line in listedServices.split(separator: "\n") where line.hasPrefix("Id=") {
            lines.append("\(line.dropFirst(3)) loaded active running Something that runs")
        }
        if unit.isFailed { lines.append("● update-engine.service loaded failed failed Update Engine") }
        return lines.map { $0 + "\n" }.joined()
    }

    private var isUnitMasked: Bool { unit.isMasked || unit.isMaskedForThisBoot }

    func properties(of unit: String) -> String {
        guard unit != "update-engine.service" else { return unitProperties }
        if activeUnits.contains(unit) { return "LoadState=loaded\nActiveState=active\nMainPID=4711\n" }
        return restartingUnits.contains(unit)
            ? "LoadState=loaded\nActiveState=activating\nMainPID=0\n"
            : "LoadState=not-found\nActiveState=inactive\nMainPID=0\n"
    }

    private var unitProperties: String {
        """
        LoadState=\(unit.exists ? isUnitMasked ? "masked" : "loaded" : "not-found")
        ActiveState=\(engine != nil ? "active" : unit.isFailed ? "failed" : "inactive")
        UnitFileState=\(unit.isMasked ? "masked" : unit.isMaskedForThisBoot ? "masked-runtime" : "disabled")
        MainPID=\(engine == nil ? 0 : 1_336)
        ControlGroup=\(engine == nil ? "" : "/system.slice/update-engine.service")

        """
    }

    // MARK: cgpt

    private mutating func cgpt(_ arguments: [String]) -> CommandOutcome {
        switch arguments.first {
        case "show":
            return .exited(0, cgptTable, errors: cgptWarns)
        case "add":
            guard let number = Self.option("-i", arguments) else { return .exited(1) }
            if let priority = Self.option("-P", arguments) { partitions[number]?.priority = priority }
            if let tries = Self.option("-T", arguments) { partitions[number]?.tries = tries }
            if let successful = Self.option("-S", arguments) {
                partitions[number]?.successful = successful == 1
            }
            return .exited(0)
        default: return .exited(1)
        }
    }

    /// The table as it is on the disk, in bytes of no meaning; nil for a disk that the agent cannot read.
    var tableBytes: [UInt8]? { hidesItsDisk || isKilled ? nil : Array(cgptTable.utf8) }

    private static func option(_ name: String, _ arguments: [String]) -> Int? {
        arguments.firstIndex(of: name).flatMap { Int(arguments[$0 + 1]) }
    }

    private var cgptTable: String {
        let rows = partitions.sorted { $0.key < $1.key }.map { number, attributes in
            """
                  139264      614400       \(number)  Label: "\(number == 3 ? "USR-A" : "USR-B")"
                                              Type: Alias for coreos-rootfs
                                              UUID: 7130C94A-213A-4E5A-8E26-6CCE9662F132
                                              Attr: priority=\(attributes.priority) tries=\(attributes.tries) successful=\(attributes.successful ? 1 : 0)

            """
        }
        return "       start        size    part  contents\n" + rows.joined()
    }

    // MARK: update_engine_client

    private mutating func client(_ arguments: [String]) -> CommandOutcome {
        guard engine != nil else {
            pass(.seconds(30))
            return .exited(1, errors: "Giving up -- unable to get dbus proxy for com.coreos.update1")
        }
        if arguments == ["-reset_status"] {
            engine?.operation = "IDLE"
            files[SimulatedHost.markerPath] = nil
            return .exited(0)
        }
        return .exited(0, statusBlock)
    }

    // MARK: mount

    private mutating func mount(_ arguments: [String]) -> CommandOutcome {
        guard canMount,
            let number = arguments.first(where: { $0.hasPrefix("/dev/") })?.last?.wholeNumberValue,
            partitions[number]?.content != nil
        else { return .exited(32, errors: "mount: wrong fs type, bad option, bad superblock.") }
        mounted = number
        return .exited(0)
    }

    // MARK: journald

    /// From the entry number `index` on, as `journalctl -o json`.
    func journalLines(after index: Int) -> [String] {
        log.indices.dropFirst(index).map { number in
            #"{"__CURSOR":"c\#(number + 1)","__REALTIME_TIMESTAMP":"1795480219583\#(100 + number % 900)","#
                + #""MESSAGE":"\#(log[number])"}"#
        }
    }
}

extension CommandOutcome {
    static func exited(_ code: Int32, _ output: String = "", errors: String = "") -> CommandOutcome {
        CommandOutcome(ending: .exited(code), output: output, errors: errors)
    }
}
