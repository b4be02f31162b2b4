import Driving
import RolloutJournal
import RolloutModel

/// etcd's point of no return, at which a person is asked.
extension RolloutSession {
    /// Until it is finished or held. At etcd's point of no return it goes on where `passes` says so.
    func drive(
        _ journal: Journal, _ driver: RolloutDriver, _ hold: HoldSwitch, from event: RolloutMachine.Event?,
        resume: String, passes: (HoldReason) throws -> Bool
    ) async throws -> RolloutDriver.Ending {
        var event = event
        while true {
            let next = event
            let ending = try await interruptible(hold, resume: resume) {
                try await driver.run(journal, from: next)
            }
            guard case .held(let reasons) = ending, reasons.count == 1, let reason = reasons.first,
                reason.isPointOfNoReturn, try passes(reason)
            else { return ending }
            event = .resumed(retryReverted: false, acceptsNoReturn: true)
        }
    }

    /// It is held, and recorded as such, while a person thinks about it.
    static func askNoReturn(_ reason: HoldReason) throws -> Bool {
        guard Question.isSomebodyThere else { return false }
        say("\(reason).")
        return try Interruptions.allowed { try Question.ask("Go on?") }
    }
}
