/// The way of one host back to its other partition.
public struct HostRollback: Codable, Hashable, Sendable {
    public let host: HostID
    public internal(set) var retreat: RolloutMachine.Retreat
    public internal(set) var stage: Stage

    public enum Stage: Codable, Hashable, Sendable {
        /// The gates are asked.
        case precheck
        /// The intent to roll back is journalled. The host may or may not have heard of it.
        case rebooting
        /// Back on its old partition.
        case healthCheck(running: Version)
    }

    public init(host: HostID, retreat: RolloutMachine.Retreat, stage: Stage = .precheck) {
        self.host = host
        self.retreat = retreat
        self.stage = stage
    }

    /// True if the host runs its old partition again.
    public var isBack: Bool {
        switch stage {
        case .healthCheck: true
        case .precheck, .rebooting: false
        }
    }

    /// True if the host was told to reboot and is not proved whole since.
    var isOut: Bool {
        switch stage {
        case .rebooting, .healthCheck: true
        case .precheck: false
        }
    }

    /// The directives on entering the present stage.
    var directives: [RolloutMachine.Directive] {
        switch stage {
        case .precheck: [.askGates(.beforeRollback, host)]
        case .rebooting:
            [
                .record(.rollback(host: host, boot: retreat.boot)), .rollback(host, retreat),
                .awaitRetreat(host, retreat),
            ]
        case .healthCheck: [.askGates(.afterRollback, host)]
        }
    }

    /// The directives of the present stage after a restart.
    var outstanding: [RolloutMachine.Directive] {
        switch stage {
        case .rebooting: [.awaitRetreat(host, retreat)]
        case .precheck, .healthCheck: directives
        }
    }
}
