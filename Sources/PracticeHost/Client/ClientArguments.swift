/// The flags of update_engine_client, which gflags reads: one dash or two, `=true` or nothing (facts 1.1).
struct ClientArguments: Hashable, Sendable {
    enum Flag: String, CaseIterable, Hashable, Sendable {
        case status
        case update
        case checkForUpdate = "check_for_update"
        case resetStatus = "reset_status"
        case watchForUpdates = "watch_for_updates"
    }

    var flags: Set<Flag> = []

    struct UnknownFlag: Error, Hashable {
        var name: String
    }

    init(_ arguments: [String]) throws(UnknownFlag) {
        for argument in arguments where argument.hasPrefix("-") {
            let word = argument.drop { $0 == "-" }
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard let name = parts.first, let flag = Flag(rawValue: name) else {
                throw UnknownFlag(name: parts.first ?? "")
            }
            let isOn = parts.count < 2 || ["true", "t", "yes", "y", "1"].contains(parts[1])
            if isOn { flags.insert(flag) } else { flags.remove(flag) }
        }
    }
}
