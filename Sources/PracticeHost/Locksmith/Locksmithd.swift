import HostFiles
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// `locksmithd`: reboots the host once update_engine says that it needs one (facts 8, 0.39).
///
/// With `etcd-lock` it waits for the semaphore, and gives it back after the boot.
struct Locksmithd: Sendable {
    let surroundings: Surroundings
    var store = LocksmithStore()

    private static let stateDirectory = "/run/update-engine"

    private enum State: String {
        case disabled, running, rebooting
        case rebootPlanned = "reboot-planned"
    }

    func run() async throws -> Int32 {
        let found = getenv("REBOOT_STRATEGY").map { String(cString: $0) }
        guard let strategy = RebootStrategy(found) else {
            log("Unknown strategy: \(found ?? "")")
            return 1
        }
        guard strategy != .off else {
            try publish(.disabled, strategy)
            log("Reboot strategy is \"off\" - locksmithd is exiting.")
            return 0
        }
        try publish(.running, strategy)
        if strategy.locks { try await releaseOwn() }
        log("locksmithd starting currentOperation=\"\(operation())\" strategy=\"\(strategy.name)\"")
        while operation() != EngineOperation.updatedNeedReboot.rawValue {
            try await Task.sleep(for: .milliseconds(200))
        }
        try publish(.rebootPlanned, strategy)
        if Self.somebodyIsLoggedIn() {
            log("Logins detected, delaying reboot for 5 minutes.")
            try await Task.sleep(for: surroundings.settings().scaled(.seconds(5 * 60)))
        }
        if strategy.locks { try await acquire() }
        try publish(.rebooting, strategy)
        try await Command("/usr/bin/systemctl", ["--no-block", "reboot"]).output()
        // Until the shutdown ends it.
        while true { try await Task.sleep(for: .seconds(60)) }
    }

    /// After the boot; as soon as etcd answers.
    private func releaseOwn() async throws {
        let id = try Locksmithctl.machineID()
        while true {
            do {
                try store.prepare()
                guard try store.read().semaphore.holders?.contains(id) == true else { return }
                try store.change { try $0.unlock(id) }
                return log("Unlocked existing lock for this machine")
            } catch {
                log("Unlocking old locks failed: \(error). Retrying in 5s.")
            }
            try await Task.sleep(for: surroundings.settings().scaled(.seconds(5)))
        }
    }

    private func acquire() async throws {
        var pause = Duration.seconds(5)
        while true {
            do {
                try store.prepare()
                try store.change { try $0.lock(Locksmithctl.machineID()) }
                return
            } catch {
                log("Failed to acquire lock: \(error). Retrying in \(pause.components.seconds)s.")
            }
            try await Task.sleep(for: surroundings.settings().scaled(pause))
            pause = min(pause * 2, .seconds(5 * 60))
        }
    }

    /// CURRENT_OP; empty while update_engine does not answer, as a signal is not heard then.
    private func operation() -> String {
        let values = UnixSocket.ask(EngineCall.getStatus.rawValue, at: EngineCall.socketPath)?.split(
            separator: " ")
        guard let values, values.count == 5 else { return "" }
        return String(values[2])
    }

    /// The sessions that logind knows: those of SSH count.
    private static func somebodyIsLoggedIn() -> Bool {
        guard let directory = opendir("/run/systemd/sessions") else { return false }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            // Beside `.` and `..` there are pipes, `ID.ref`: only a session's own file has no dot.
            let name = withUnsafeBytes(of: entry.pointee.d_name) { $0.prefix { $0 != 0 } + [] }
            if !name.contains(UInt8(ascii: ".")) { return true }
        }
        return false
    }

    private func publish(_ state: State, _ strategy: RebootStrategy) throws {
        mkdir(Self.stateDirectory, 0o755)
        try TextFile.write(
            "NAME=locksmithd\nSTATE=\(state.rawValue)\nSTRATEGY=\(strategy.name)\n",
            to: Self.stateDirectory + "/coordinator.conf", mode: [.ownerReadWrite, .groupRead, .otherRead])
    }

    private func log(_ text: String) { StandardError.write(text + "\n") }
}
