import AgentProtocol
import Foundation

extension AgentVerb {
    /// The request of a line; nil for the one verb that takes none.
    func request(of line: Data) throws -> (any AgentRequest)? {
        switch self {
        case .report: nil
        case .stage: try Wire.decode(StageRequest.self, line: line)
        case .prefetch: try Wire.decode(PrefetchRequest.self, line: line)
        case .arm: try Wire.decode(ArmRequest.self, line: line)
        case .reboot: try Wire.decode(RebootRequest.self, line: line)
        case .commit: try Wire.decode(CommitRequest.self, line: line)
        case .rollback: try Wire.decode(RollbackRequest.self, line: line)
        case .abandon: try Wire.decode(AbandonRequest.self, line: line)
        case .claim: try Wire.decode(ClaimRequest.self, line: line)
        case .release: try Wire.decode(ReleaseRequest.self, line: line)
        }
    }
}
