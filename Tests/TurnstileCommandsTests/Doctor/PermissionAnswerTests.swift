import RolloutModel
import Subprocess
import Testing

@testable import TurnstileCommands

/// The answers of `kubectl auth can-i`: only a yes is one.
@Suite struct PermissionAnswerTests {
    static let answers: [(output: String, errors: String, word: PermissionAnswer.Word)] = [
        ("yes\n", "", .yes),
        ("Warning: resource 'nodes' is not namespace scoped\n\nyes\n", "", .yes),
        ("no\n", "", .no("no")), ("no - role missing\n", "", .no("no - role missing")),
        (
            "", "x\nerror: You must be logged in to the server (Unauthorized)\n",
            .untold(why: "error: You must be logged in to the server (Unauthorized)")
        ),
        ("", "", .untold(why: "it said nothing")), ("maybe\n", "", .untold(why: "it said nothing")),
    ]

    @Test(arguments: answers) func whatIsNotSaidIsNotAllowed(
        output: String, errors: String, word: PermissionAnswer.Word
    ) {
        let answer = PermissionAnswer(.patchNodes, .ended(.exited(1), output: output, errors: errors))
        #expect(answer.word == word)
        let isNo = if case .no = word { true } else { false }
        let isUntold = if case .untold = word { true } else { false }
        #expect((answer.denial != nil) == isNo && (answer.untold != nil) == isUntold)
    }
}
