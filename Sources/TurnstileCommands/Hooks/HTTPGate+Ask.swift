import Foundation
import ProcessInput
import RolloutModel
import Settings
import Subprocess
import SystemPackage

extension HTTPGate {
    /// Asks it now, by the system's curl: curl knows the proxies and certificates of this machine. `.curlrc` is not read: its
    /// options could follow a redirect to another page, or take any certificate.
    ///
    /// - Returns: why it is shut; nil where it is open.
    func ask() async -> String? {
        do {
            let result = try await Subprocess.run(
                .name("curl"), arguments: ["--disable", "--silent", "--show-error", "--config", "-"],
                input: .fileDescriptor(
                    try FilledPipe.readEnd(of: configuration), closeAfterSpawningProcess: true),
                output: .string(limit: Self.bytesMax), error: .string(limit: Self.bytesMax))
            guard let (body, code) = Self.parts(of: result.standardOutput), code != 0 else {
                let why = result.standardError.split(whereSeparator: \.isNewline).first.map {
                    ForeignText.line($0, charactersMax: 300)
                }
                return why ?? "curl: \(result.terminationStatus)"
            }
            return objection(status: code, body: body)
        } catch {
            return "curl could not be run, or was told too much: \(error)"
        }
    }

    private var configuration: String {
        """
        url = "\(url)"
        proto = "=http,https"
        max-time = \(deadline.secondsRoundedUp)
        write-out = "\(Self.mark.replacing("\n", with: "\\n"))%{http_code}"

        """
    }

    private static let mark = "\n@turnstile-status "
    private static let bytesMax = 1 << 20

    private static func parts(of output: String) -> (body: String, code: Int)? {
        guard let range = output.range(of: mark, options: .backwards),
            let code = Int(output[range.upperBound...]), (0...999).contains(code)
        else { return nil }
        return (String(output[..<range.lowerBound]), code)
    }
}
