/// The upgrade of one host, from its gates until it is committed and whole.
public struct HostUpgrade: Codable, Hashable, Sendable {
    public let host: HostID
    public internal(set) var stage: Stage

    /// The stages, each with the evidence that it rests on.
    public enum Stage: Codable, Hashable, Sendable {
        /// The gates before anything is done to the host.
        case precheck
        case staging
        /// Staged, and the gates are asked again at the last instant.
        case rebootCheck(RolloutMachine.Staged)
        /// Staged; the intent to cordon and drain its node is journalled.
        case draining(RolloutMachine.Staged)
        /// The intent to reboot is journalled. The host may or may not have heard of it.
        case rebooting(RolloutMachine.Staged)
        /// Back on the target's partition, on its single try.
        case healthCheck(RolloutMachine.Returned)
        case committing(RolloutMachine.Returned)
        /// Committed; the gates are asked once more after a while.
        case soak
    }

    public init(host: HostID, stage: Stage = .precheck) {
        self.host = host
        self.stage = stage
    }

    /// Where the host says that it is.
    init(_ found: RolloutMachine.Found.AtWork) {
        host = found.host
        switch found {
        case .staged(_, let staged): stage = .rebootCheck(staged)
        case .returned(_, let returned): stage = .healthCheck(returned)
        }
    }

    /// True if the host was told to reboot and is not proved whole since.
    var isOut: Bool {
        switch stage {
        case .rebooting, .healthCheck, .committing: true
        case .precheck, .staging, .rebootCheck, .draining, .soak: false
        }
    }

    /// The boot in which the host was staged, while it is to end; or came back, while it is judged.
    public var knownBoot: BootID? {
        switch stage {
        case .rebootCheck(let staged), .draining(let staged): staged.boot
        case .healthCheck(let returned), .committing(let returned): returned.boot
        case .precheck, .staging, .rebooting, .soak: nil
        }
    }

    /// The upgrade from its start, where nothing was done to the host that would have to be done again: the place to
    /// stop. nil in any other stage.
    var stopped: HostUpgrade? {
        switch stage {
        case .precheck, .staging: HostUpgrade(host: host)
        case .rebootCheck, .draining, .rebooting, .healthCheck, .committing, .soak: nil
        }
    }

    /// The node is being taken out of service, or was, and the host is not out itself.
    var isDrainedForReboot: Bool {
        switch stage {
        case .draining: true
        case .rebootCheck(let staged): staged.isEvacuated
        case .precheck, .staging, .rebooting, .healthCheck, .committing, .soak: false
        }
    }

    /// The node serves again, and is drained anew before the reboot.
    mutating func takeUndrained() {
        switch stage {
        case .draining(var staged), .rebootCheck(var staged):
            staged.isEvacuated = false
            stage = .rebootCheck(staged)
        case .precheck, .staging, .rebooting, .healthCheck, .committing, .soak: break
        }
    }

    /// The host is on a later boot of the same partition.
    mutating func rebooted(into boot: BootID) {
        guard case .healthCheck(var returned) = stage else { return }
        returned.boot = boot
        stage = .healthCheck(returned)
    }
}
