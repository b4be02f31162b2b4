import HostFiles

/// `locksmithctl` (facts 8): `status`, `lock`, `unlock` and `set-max`, of the semaphore of a group or of none.
struct Locksmithctl: Sendable {
    var store = LocksmithStore()

    func run(_ arguments: [String]) -> Int32 {
        var store = store
        var rest = arguments[...]
        while let flag = rest.first, flag.hasPrefix("-") {
            rest.removeFirst()
            let parts = flag.drop { $0 == "-" }.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            // As Go's flags: `-group=x` or `-group x`. The name is plain, and escaped only for its key.
            guard parts[0] == "group" else { continue }
            store.group = parts.count == 2 ? String(parts[1]) : rest.popFirst() ?? ""
        }
        let words = Array(rest)
        guard let subcommand = words.first else { return unknown("") }
        do {
            try store.prepare()
        } catch {
            return failed("Error initializing etcd client: \(error)")
        }
        switch subcommand {
        case "status": return status(store)
        case "lock": return change(store, "locking", words) { semaphore, id in try semaphore.lock(id) }
        case "unlock": return change(store, "unlocking", words) { semaphore, id in try semaphore.unlock(id) }
        case "set-max": return setMax(store, words)
        default: return unknown(subcommand)
        }
    }

    private func status(_ store: LocksmithStore) -> Int32 {
        do {
            let semaphore = try store.read().semaphore
            StandardOutput.write("Available: \(semaphore.semaphore)\nMax: \(semaphore.max)\n")
            if let holders = semaphore.holders, !holders.isEmpty {
                StandardOutput.write("\nMACHINE ID\n" + holders.map { $0 + "\n" }.joined())
            }
            return 0
        } catch {
            return failed("Error getting status: \(error)")
        }
    }

    private func change(
        _ store: LocksmithStore, _ doing: String, _ words: [String],
        _ body: (inout LocksmithSemaphore, String) throws -> Void
    ) -> Int32 {
        do {
            let id = try words.dropFirst().first ?? Self.machineID()
            try store.change { try body(&$0, id) }
            return 0
        } catch {
            return failed("Error \(doing): \(error)")
        }
    }

    private func setMax(_ store: LocksmithStore, _ words: [String]) -> Int32 {
        guard let max = words.dropFirst().first.flatMap({ Int($0) }) else {
            return failed("Error setting max value")
        }
        do {
            let before = try store.read().semaphore.max
            try store.change { $0.setMax(max) }
            StandardOutput.write("Old-Max: \(before)\nMax: \(max)\n")
            return 0
        } catch {
            return failed("Error setting value: \(error)")
        }
    }

    static func machineID() throws -> String {
        guard let text = try TextFile.text(of: "/etc/machine-id") else {
            throw LocksmithSemaphore.Refusal(description: "Cannot read machine-id")
        }
        return String(text.prefix { !$0.isWhitespace })
    }

    private func failed(_ what: String) -> Int32 {
        StandardError.write(what + "\n")
        return 1
    }

    private func unknown(_ subcommand: String) -> Int32 {
        StandardError.write(
            "locksmithctl: unknown subcommand: \"\(subcommand)\"\nRun 'locksmithctl help' for usage.\n")
        return 2
    }
}
