import SSH
import Testing

@testable import TurnstileCommands

@Suite struct KnownHostsProcessTests {
    @Test(
        arguments: [
            (["/bin/echo", "a  b", "$HOME"], 30.0, "a  b $HOME\n", nil),
            (
                ["/bin/sh", "-c", "echo no luck >&2; exit 3"], 30, nil,
                "ended with exited(3); it said 'no luck'"
            ),
            (["/bin/sleep", "600"], 0.5, nil, "did not end within 1 s"),
            (["/no/such/program"], 30, nil, "gave no answer: '/no/such/program' could not be run"),
        ] as [([String], Double, String?, String?)])
    func aProgramIsRunWithoutAShellAndForSoLong(
        command: [String], seconds: Double, output: String?, why: String?
    ) async {
        switch await KnownHostsProcess.run(command, .seconds(seconds)) {
        case .success(let text): #expect(text == output)
        case .failure(let failure): #expect(why.map { failure.why.hasPrefix($0) } == true, "\(failure)")
        }
    }
}
