import AgentProtocol

@testable import HostAgent

/// The state of update_engine, and its next events.
struct Engine: Sendable {
    var operation = "IDLE"
    var lastChecked = 0
    var progress = 0.0
    var newVersion: String?
    var hasSetBootFlags: Bool
    var isSettingGood = false
    /// The next events, in order of time.
    var agenda: [(at: Duration, event: Event)] = []

    enum Event: Sendable {
        case bootFlagTimer
        case setGoodEnded(thenCheck: Bool)
        case serverAnswered
        case downloaded(Double)
        case downloadEnded
        case applied
        case errorReported
    }
}

extension SimulatedHost.State {
    mutating func startEngine() {
        let isPending = files[SimulatedHost.markerPath] != nil
        engine = Engine(
            operation: isPending ? "UPDATED_NEED_REBOOT" : "IDLE", hasSetBootFlags: isPending,
            agenda: [(now + bootFlagsAfter, .bootFlagTimer)])
        logLine("CoreOS Update Engine starting", "main.cc:89")
    }

    /// Handles `-update`.
    mutating func requestUpdate() {
        logLine("New update check requested", "update_attempter.cc:263")
        guard let operation = engine?.operation else { return }
        guard operation == "IDLE" else {
            return logLine("Skipping update check because current status is UPDATE_STATUS_\(operation)")
        }
        engine?.operation = "CHECKING_FOR_UPDATE"
        logLine("Current group set to \(group)", "omaha_request_params.cc:59")
        setBootFlags(thenCheck: true)
    }

    var group: String {
        let lines = files[SimulatedHost.configurationPath]?.text.split(separator: "\n") ?? []
        return lines.last { $0.hasPrefix("GROUP=") }.map { String($0.dropFirst("GROUP=".count)) } ?? "stable"
    }

    /// Lets the engine run until `now + duration`.
    mutating func pass(_ duration: Duration) {
        let end = now + duration
        while let next = engine?.agenda.enumerated().min(by: { $0.element.at < $1.element.at }),
            next.element.at <= end
        {
            now = max(now, next.element.at)
            engine?.agenda.remove(at: next.offset)
            perform(next.element.event)
        }
        now = end
    }

    private mutating func plan(_ event: Engine.Event, in delay: Duration) {
        engine?.agenda.append((now + delay, event))
    }

    private mutating func perform(_ event: Engine.Event) {
        switch event {
        case .bootFlagTimer where crashesAt == "BOOT_FLAGS": (engine, unit.isFailed) = (nil, true)
        case .bootFlagTimer: setBootFlags(thenCheck: false)
        case .setGoodEnded(let thenCheck): setGoodEnded(thenCheck: thenCheck)
        case .serverAnswered: serverAnswered()
        case .downloaded(let fraction):
            engine?.operation = "DOWNLOADING"
            engine?.progress = fraction
            logLine("Downloaded \(Int(fraction * 1000))/1000 bytes (\(Int(fraction * 100))%)")
            if crashesAt == "DOWNLOADING", fraction > 0 {
                (engine, unit.isFailed) = (nil, true)
                return
            }
            // The download overwrites the partition, whatever its attributes say (facts 0.31).
            partitions[other]?.content = nil
        case .downloadEnded: downloadEnded()
        case .applied: applied()
        case .errorReported:
            log("E", "HTTP reported success but Omaha reports an error.", "omaha_request_action.cc:599")
            logLine("Error event sent.")
            engine?.operation = "IDLE"
        }
    }

    private mutating func setBootFlags(thenCheck: Bool) {
        guard engine?.hasSetBootFlags == false else {
            logLine("Already updated boot flags. Skipping.", "update_attempter.cc:483")
            if thenCheck { plan(.serverAnswered, in: .milliseconds(20)) }
            return
        }
        engine?.hasSetBootFlags = true
        engine?.isSettingGood = true
        logLine("Updating boot flags...", "update_attempter.cc:493")
        plan(.setGoodEnded(thenCheck: thenCheck), in: setGoodTakes)
    }

    private mutating func setGoodEnded(thenCheck: Bool) {
        engine?.isSettingGood = false
        if setGoodStatus == 0 {
            partitions[running]?.successful = true
            partitions[running]?.tries = 0
            prioritize(running)
        } else {
            logLine("Subprocess status: \(setGoodStatus)")
        }
        if thenCheck { plan(.serverAnswered, in: .milliseconds(20)) }
    }

    private mutating func serverAnswered() {
        guard trouble != .serverDown else {
            log("E", "Omaha request network transfer failed.", "omaha_request_action.cc:606")
            return failAttempt(code: "37 (kActionCodeOmahaErrorInHTTPResponse)")
        }
        let offered = offers[group]
        if offered != nil || !isOf2016 { engine?.lastChecked = Int(now.components.seconds) }
        guard let version = offered else {
            logLine("No update.", "omaha_request_action.cc:386")
            engine?.operation = "IDLE"
            return
        }
        if !isOf2016 {
            logLine("Omaha Response manifest version = \(version)", "omaha_response_handler_action.cc:78")
        }
        engine?.operation = "UPDATE_AVAILABLE"
        engine?.newVersion = version
        plan(.downloaded(0), in: .milliseconds(10))
        for second in 0..<downloadSeconds {
            plan(.downloaded(Double(second + 1) / Double(downloadSeconds)), in: .seconds(second + 1))
        }
        plan(.downloadEnded, in: .seconds(downloadSeconds) + .milliseconds(100))
    }

    private mutating func downloadEnded() {
        engine?.progress = 0
        if trouble == .payloadCorrupt {
            log("E", "Payload hash verification failed.", "payload_processor.cc:1")
            return failAttempt(code: "10 (kActionCodePayloadHashMismatchError)")
        }
        engine?.operation = "FINALIZING"
        plan(.applied, in: .milliseconds(300))
    }

    private mutating func applied() {
        if trouble == .postinstFails {
            logLine("Subprocess status: 1")
            logLine("Subprocess output:")
            log.append("cp: error writing '/boot/coreos/vmlinuz-b': No space left on device")
            log("E", "Postinst command failed with code: 1", "postinstall_runner_action.cc:88")
            return failAttempt(code: "5 (kActionCodePostinstallRunnerError)")
        }
        partitions[other]?.content = engine?.newVersion
        files["/boot/coreos/vmlinuz-\(other == 3 ? "a" : "b")"] = .text(
            "kernel of \(engine?.newVersion ?? "")")
        if trouble != .disarmedByPostinst {
            partitions[other]?.tries = 1
            partitions[other]?.successful = false
            prioritize(other)
        }
        engine?.operation = "UPDATED_NEED_REBOOT"
        if postinstAsksForReboot { files[HostReader.rebootRequestPath] = FileCopy(bytes: [], mode: 0o644) }
        files[SimulatedHost.markerPath] = FileCopy(bytes: [], mode: 0o600)
        logLine("Update successfully applied, waiting to reboot.", "update_attempter.cc:316")
    }

    private mutating func failAttempt(code: String) {
        log("E", "Update failed.", "update_attempter.cc:603")
        logLine("Updating payload state for error code: \(code)", "payload_state.cc:97")
        engine?.operation = "REPORTING_ERROR_EVENT"
        engine?.newVersion = nil
        plan(.errorReported, in: .milliseconds(50))
    }

    /// Prioritizes as cgpt does: no change where the partition is the highest already, else it gets 2 and the other no
    /// more than 1.
    private mutating func prioritize(_ number: Int) {
        let rest = partitions.filter { $0.key != number }.map(\.value.priority).max() ?? 0
        if let priority = partitions[number]?.priority, priority > rest { return }
        partitions = Dictionary(
            uniqueKeysWithValues: partitions.map { key, attributes in
                var attributes = attributes
                attributes.priority = key == number ? 2 : min(attributes.priority, 1)
                return (key, attributes)
            })
    }

    // MARK: Words

    mutating func logLine(_ text: String, _ source: String = "update_attempter.cc:1") {
        log("I", text, source)
    }

    private mutating func log(_ level: String, _ text: String, _ source: String) {
        log.append(
            fillsNewVersion
                ? "\(level)1124 00:30:19.566045  1336 \(source)] \(text)"
                : "[1124/003019:\(level == "E" ? "ERROR" : "INFO"):update_attempter.cc(674)] \(text)")
    }

    var statusBlock: String {
        guard let engine else { return "" }
        let version = (fillsNewVersion ? engine.newVersion : nil) ?? (fillsNewVersion ? "0.0.0" : "0.0.0.0")
        return """
            LAST_CHECKED_TIME=\(engine.lastChecked)
            PROGRESS=\(engine.progress == 1 ? "1.000000" : "0.\(Int(engine.progress * 10))00000")
            CURRENT_OP=UPDATE_STATUS_\(engine.operation)
            NEW_VERSION=\(version)
            NEW_SIZE=0

            """
    }
}
