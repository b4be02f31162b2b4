import AgentProtocol

/// Every message, by the name that the wire has for it. A message that is new does not compile before it has its name here,
/// and a name is not enough: `KeptLineTests` looks for it among the kept lines.
enum MessageKind: String, CaseIterable {
    case hello, progress, report, staged, nothingOffered, offerDiffers, rebooting, rebooted, committed
    case prefetched, prefetchDoubted, abandoned, claimed, released, refused, failed

    init(_ message: AgentMessage) {
        switch message {
        case .hello: self = .hello
        case .progress: self = .progress
        case .report: self = .report
        case .staged: self = .staged
        case .prefetched: self = .prefetched
        case .prefetchDoubted: self = .prefetchDoubted
        case .nothingOffered: self = .nothingOffered
        case .offerDiffers: self = .offerDiffers
        case .rebooting: self = .rebooting
        case .rebooted: self = .rebooted
        case .committed: self = .committed
        case .abandoned: self = .abandoned
        case .claimed: self = .claimed
        case .released: self = .released
        case .refused: self = .refused
        case .failed: self = .failed
        }
    }
}
