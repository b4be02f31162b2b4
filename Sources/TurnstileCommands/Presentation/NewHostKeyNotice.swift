import Reports
import SSH

/// The notice about a new host whose key was accepted.
struct NewHostKeyNotice {
    private let recorded: RecordedHostKey

    init(_ recorded: RecordedHostKey) { self.recorded = recorded }

    /// On standard error, whole; with the key's picture where somebody is looking.
    func show() { say(text(on: .standardError())) }

    /// Several hosts may have one name: those behind the forwarded ports of a machine, say.
    private var port: String { recorded.target.port == 22 ? "" : " port \(recorded.target.port)" }

    func text(on terminal: Terminal) -> String {
        let line =
            "'\(recorded.target.name)'\(port) is new here: its host key \(recorded.key) was added to '\(recorded.file)'. "
            + "Compare it with the host's own ('ssh-keygen -l -f' on its console)"
        return ([line] + (terminal.isLive ? recorded.picture : [])).joined(separator: "\n")
    }
}
