import RolloutModel
import Rollouts

extension Invocation {
    /// The command that goes on with a rollout.
    package func command(_ goesOn: GoingOn, _ rollout: RolloutID) -> String {
        switch goesOn {
        case .resume: command("resume \(rollout)")
        case .rollBack(let host): command("rollback \(host)")
        case .abandon: command("abandon \(rollout)")
        }
    }
}
