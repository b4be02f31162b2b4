import RolloutModel
import Testing

@testable import Rollouts

@Suite struct ReturnPaceTests {
    /// The ends of the last questions, and the pause after them in tenths of a second.
    static let courses: [([HostTrouble?], Int)] = [
        ([], 10),
        ([.unreachable], 1), ([.refused], 1), ([.interrupted], 1),
        // The host answers, and has not come back.
        ([nil], 4), ([.unreachable, nil], 4),
        // Faults of other machines, and those that a call more a second would not hasten.
        ([.throttled], 10), ([.bastion], 10), ([.hostKey], 10), ([.sshSettings], 10), ([.sudo], 10),
        ([.agentMissing], 10), ([.shell], 10),
        // A refusal may be answered by a lock.
        ([.loginRefused], 10), ([.loginRefused, .loginRefused], 20),
        ([.loginRefused, .loginRefused, .loginRefused], 40),
        (Array(repeating: .loginRefused, count: 5), 160), (Array(repeating: .loginRefused, count: 600), 160),
        (Array(repeating: .loginRefused, count: 9) + [.unreachable], 1),
        (Array(repeating: .loginRefused, count: 9) + [.unreachable, .loginRefused], 10),
    ]

    @Test(arguments: courses) func thePauseFitsTheAnswer(answers: [HostTrouble?], tenths: Int) {
        var pace = ReturnPace(look: .seconds(1), call: .milliseconds(100))
        for trouble in answers {
            pace.note(trouble.map { HostFault(host: HostID("a"), kind: .unreachable, why: "no", detail: $0) })
        }
        #expect(pace.pause == .milliseconds(100) * tenths)
    }
}
