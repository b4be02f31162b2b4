import Coordinator
import ProcessInput
import RolloutModel

extension WebClient {
    /// A client by this machine's curl, which knows the certificates here. `.curlrc` is not read: a line in it would
    /// follow redirects with the token, or take any certificate.
    static let here = WebClient { requests throws(WebFault) in
        var files: [NamelessFile] = []
        defer { for file in files { file.close() } }
        let script = try CurlScript(requests) { document throws(WebFault) in
            do {
                let file = try NamelessFile(document)
                files.append(file)
                return file.path
            } catch {
                throw WebFault(
                    why: "a document of \(document.utf8.count) bytes cannot be handed to curl: \(error)")
            }
        }
        let process = BoundedProcess(
            command: ["curl", "--disable", "--config", "-"], input: script.text,
            deadline: script.deadline + .seconds(10), outputBytesMax: 16 << 20)
        switch await process.run() {
        case .late: throw WebFault(why: "curl did not end in time")
        case .failed(let why): throw WebFault(why: why)
        case .ended(let status, let output, let errors):
            let said = errors.split(separator: "\n").first.map { ", \($0.prefix(200))" } ?? ""
            return try script.answers(in: Array(output.utf8), errors: errors, ending: "\(status)\(said)")
        }
    }
}
