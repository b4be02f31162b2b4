/// locksmith's semaphore of one group of hosts, which says which of them may reboot now (facts 8). A host that takes a
/// slot reboots; a rollout takes all slots, so that no host reboots itself beside it.
public struct RebootSemaphore: Codable, Hashable, Sendable {
    /// As its key in etcd names it, url-escaped; nil for that of hosts without a group.
    public var group: String?
    /// How many may reboot at once; with none, or fewer, nobody may.
    public var max: Int
    /// Ids, sorted: a host's machine-id as a rule, or a rollout's.
    public var holders: [String]

    public init(group: String? = nil, max: Int = 1, holders: [String] = []) {
        self.group = group
        self.max = max
        self.holders = holders
    }

    /// Slots that nobody has; negative where `locksmithctl set-max` went below the holders.
    public var available: Int { max.adding(clamping: -holders.count) }

    /// Slots that are none of these rollouts'.
    public func others(than rollouts: RolloutID...) -> [String] { others(than: rollouts) }

    func others(than rollouts: [RolloutID]) -> [String] {
        holders.filter { holder in !rollouts.contains { Self.isSlot(holder, of: $0) } }
    }

    /// Somebody set it so that no host may reboot, whoever has it.
    public var isClosed: Bool { max <= 0 }

    /// No host can reboot itself by it.
    public func isReserved(for rollout: RolloutID) -> Bool {
        available <= 0 && others(than: rollout).isEmpty
    }

    /// With every free slot taken; nil where none is.
    ///
    /// A holder is an id, once: the second slot of a rollout is its id with `#2`.
    public func reserved(for rollout: RolloutID) -> RebootSemaphore? {
        guard available > 0 else { return nil }
        let slots = (1...max).map { Self.slot($0, of: rollout) }.filter { !holders.contains($0) }
        var next = self
        next.holders = (holders + slots.prefix(available)).sorted()
        return next
    }

    /// With the rollout's slots given back; nil where it has none.
    public func released(by rollout: RolloutID) -> RebootSemaphore? {
        let others = others(than: rollout)
        guard others.count < holders.count else { return nil }
        var next = self
        next.holders = others
        return next
    }

    private static func slot(_ number: Int, of rollout: RolloutID) -> String {
        number == 1 ? rollout.rawValue : "\(rollout)#\(number)"
    }

    private static func isSlot(_ holder: String, of rollout: RolloutID) -> Bool {
        holder == rollout.rawValue || holder.hasPrefix("\(rollout)#")
    }
}

/// The holder of a slot of a `RebootSemaphore`.
public struct SemaphoreHolder: Codable, Hashable, Sendable {
    public var id: String
    /// The host of that machine-id, where it is one of the plan's.
    public var host: HostID?

    public init(id: String, host: HostID? = nil) {
        self.id = id
        self.host = host
    }

    /// The rollout whose slot it is, by the look of it.
    var rollout: RolloutID? {
        let name = String(id.prefix { $0 != "#" })
        return name.hasPrefix("r-") ? RolloutID(foreign: name) : nil
    }
}

extension SemaphoreHolder: CustomStringConvertible {
    public var description: String {
        host.map { "host '\($0)' (\(id.prefix(8)))" } ?? "'\(id)'"
    }
}
