/// Why the gate for locksmith's semaphore holds.
public enum SemaphoreHold: Hold {
    /// `by` hold locksmith's semaphore, so their hosts may reboot now; they were seen to hold it for `seen`.
    case semaphoreHeld(group: String?, by: [SemaphoreHolder], seen: Duration)
    /// locksmith's semaphore is free; the rollout is about to take it.
    case semaphoreFree(group: String?, slots: Int)
    /// Somebody set locksmith's semaphore so that no host may reboot.
    case semaphoreClosed(group: String?, max: Int)
    case semaphoreUnknown(why: String)

    /// The names in a journal.
    private enum SemaphoreHeldCodingKeys: String, CodingKey {
        case group, by
        case seen = "seconds"
    }

    public static func isNamed(_ name: String) -> Bool { CodingKeys(stringValue: name) != nil }
}

extension SemaphoreHold {
    public var gate: String { "locksmith" }

    public var patience: Patience {
        switch self {
        case .semaphoreHeld, .semaphoreClosed, .semaphoreUnknown: .mending
        case .semaphoreFree: .soon
        }
    }

    public var rank: HoldRank {
        switch self {
        case .semaphoreUnknown: .throughHosts
        case .semaphoreFree: .waiting
        case .semaphoreClosed, .semaphoreHeld: .other
        }
    }

    public var subject: HostID? { nil }
}

extension SemaphoreHold {
    public var says: String {
        switch self {
        case .semaphoreHeld(let group, let holders, let seen):
            """
            \(Self.semaphore(group)) is held by \(holders.map(\.description).joined(separator: ", ")), seen so for \
            \(seen.wholeSeconds) s: who holds it may reboot a host at any moment
            """
        case .semaphoreFree(let group, let slots):
            "\(Self.semaphore(group)) has \(slots) free \(slots == 1 ? "slot" : "slots"): a host may take it, and reboot itself"
        case .semaphoreClosed(let group, let max):
            "\(Self.semaphore(group)) has a maximum of \(max): somebody set it so that no host may reboot"
        case .semaphoreUnknown(let why):
            "who may reboot by locksmith's semaphore could not be told or changed: \(why)"
        }
    }

    public var brief: String {
        switch self {
        case .semaphoreHeld(let group, let holders, _):
            "locksmith's semaphore\(group.map { " of group '\($0)'" } ?? "") is held by "
                + Names.text(holders.map(\.description))
        case .semaphoreFree: "locksmith's semaphore is free, and about to be taken"
        case .semaphoreUnknown: "locksmith's semaphore could not be read or changed"
        default: says
        }
    }
}

extension SemaphoreHold {
    public var remedy: Remedy {
        switch self {
        case .semaphoreHeld(let group, let holders, _):
            Remedy(
                [
                    "\(.wait) until it is let go, which a host does by itself once it is back"
                ]
                    + holders.map {
                        "where nobody is behind \($0) any more: \(step: Self.unlocking($0, group))"
                    })
        case .semaphoreFree:
            ["\(.wait), or raise \(set: "timeouts.gate"): it is being taken for the whole rollout"]
        case .semaphoreClosed(let group, _):
            [
                "find out who set it so, and why",
                """
                where hosts may reboot again: \(run: "locksmithctl\(line: Self.option(group)) set-max 1", .anyHost) on a host
                """,
            ]
        case .semaphoreUnknown:
            [
                "make \(run: "locksmithctl status", .anyHost) answer on the hosts",
                "where no host uses locksmith, say \(set: "gates.locksmith", to: "never")",
            ]
        }
    }

    private static func option(_ group: String?) -> ShellLine { group.map { " -group=\($0)" } ?? "" }

    private static func unlocking(_ holder: SemaphoreHolder, _ group: String?) -> Remedy.Step {
        if let rollout = holder.rollout { return "\(or: .unlock(rollout))" }
        return "\(run: "locksmithctl\(line: option(group)) unlock \(holder.id)", .anyHost) on a host"
    }

    private static func semaphore(_ group: String?) -> String {
        "locksmith's semaphore" + (group.map { " of group '\($0)'" } ?? "")
    }
}
