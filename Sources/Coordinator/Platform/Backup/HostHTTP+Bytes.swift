import RolloutModel
import Rollouts

extension HostHTTP {
    /// The bytes of an answer as they came, to be kept and not shown.
    ///
    /// - Throws: `HostFault` also where another machine answered, and for any status but 200.
    func bytes(_ url: String, bytesMax: Int) async throws(HostFault) -> [UInt8] {
        let configuration: String
        do throws(CurlConfiguration.Refusal) {
            configuration = try CurlConfiguration(
                tls: tls, credentials: credentials, deadline: Self.deadline,
                connectDeadline: connectDeadline
            ).text([.get(url: url)])
        } catch {
            throw HostFault(host: host, kind: .answerUnreadable, why: error.why)
        }
        let result = try await shell.run(
            host,
            HostCommand(
                tls.needsRoot ? Self.curlAsRoot : Self.curl, input: Array(configuration.utf8),
                outputBytesMax: bytesMax, deadline: Self.deadline + .seconds(20)))
        let mark = Array("\n\(CurlConfiguration.marker)".utf8)
        guard let end = Self.last(mark, in: result.output) else {
            throw HostFault(host: host, kind: .commandFailed, why: "curl: \(result.ending)")
        }
        let line = String(decoding: result.output[end...], as: UTF8.self)
        let answer = Self.answers(line, errors: "").first
        guard answer?.status == 200, answer?.isOfOwnHost == true else {
            let status = answer?.status.map { "\($0)" } ?? "nothing"
            throw HostFault(
                host: host, kind: .answerUnreadable, why: "etcd answered \(status) for \(url)")
        }
        return Array(result.output[..<end])
    }

    private static let deadline = Duration.seconds(60)

    private static func last(_ mark: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= mark.count else { return nil }
        return stride(from: bytes.count - mark.count, through: 0, by: -1).first {
            bytes[$0..<$0 + mark.count].elementsEqual(mark)
        }
    }
}
