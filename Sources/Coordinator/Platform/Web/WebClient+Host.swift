import RolloutModel
import Rollouts

extension WebClient {
    /// A client by a host's curl. Routers listen where the operator's machine often cannot reach them.
    public static func through(_ host: HostID, shell: HostShell) -> WebClient {
        WebClient { requests throws(WebFault) in
            var answers: [WebAnswer] = []
            var rest = requests[...]
            while !rest.isEmpty {
                let some = Array(rest.prefix(atOnce))
                rest = rest.dropFirst(some.count)
                answers += try await send(some, through: host, shell: shell)
            }
            return answers
        }
    }

    /// The most requests in one command.
    private static let atOnce = 25
    private static let bytesMax = 16 << 20

    private static func send(
        _ requests: [WebRequest], through host: HostID, shell: HostShell
    ) async throws(WebFault) -> [WebAnswer] {
        let script = try CurlScript(requests)
        let result: HostCommandResult
        do throws(HostFault) {
            result = try await shell.run(
                host,
                HostCommand(
                    "curl -q --config -", input: Array(script.text.utf8), outputBytesMax: bytesMax,
                    deadline: script.deadline + .seconds(20)))
        } catch {
            throw WebFault(why: "through '\(host)': \(error.why)")
        }
        return try script.answers(in: result.output, errors: result.errorText, ending: result.ending)
    }
}
