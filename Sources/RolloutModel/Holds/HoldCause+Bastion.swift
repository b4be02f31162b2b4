/// Hosts that one bastion keeps away: one cause, in whatever order they were asked.
extension HoldCause: CustomStringConvertible {
    /// The cause as it was seen: one sentence.
    public var description: String {
        guard let name = reason.bastion?.name, hosts.count > 1 else { return reason.description }
        let why = ShutBastion.first(of: mates.compactMap(\.bastion?.why))
        return "hosts \(names) could not be read: the way to them ends at '\(name)': \(why)"
    }

    /// As `description`, in a few words.
    public var brief: String {
        guard let name = reason.bastion?.name, hosts.count > 1 else { return reason.brief }
        return "hosts \(names) could not be read: the way to them ends at '\(name)'"
    }

    /// The hosts that it is about: those behind the bastion, by name, or the one that its reason is about.
    public var hosts: [HostID] {
        guard reason.bastion != nil else { return reason.subject.map { [$0] } ?? [] }
        return Set(mates.compactMap(\.subject)).sorted { $0.rawValue < $1.rawValue }
    }

    /// The consequences that the description does not tell.
    public var untold: [HoldReason] { consequences.filter { !$0.isBehind(reason.bastion) } }

    private var names: String { Names.text(hosts.map { "'\($0)'" }) }

    /// The reasons that have the same bastion.
    private var mates: [HoldReason] { all.filter { $0.isBehind(reason.bastion) } }
}

extension HoldReason {
    /// The bastion that keeps the host away; nil where none does.
    var bastion: ShutBastion? {
        guard case .host(.hostUnreadable(_, _, _, let bastion)) = self else { return nil }
        return bastion
    }

    func isBehind(_ other: ShutBastion?) -> Bool { bastion.map { $0.name == other?.name } ?? false }
}
