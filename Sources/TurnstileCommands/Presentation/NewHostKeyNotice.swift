import SSH

/// The notice about a new host whose key was accepted.
struct NewHostKeyNotice {
    private let recorded: RecordedHostKey

    init(_ recorded: RecordedHostKey) { self.recorded = recorded }

    /// On standard error, whole; with the key's picture where somebody is looking.
    func show() { say(text(on: .standardError())) }

    func text(on terminal: Terminal) -> String {
        let line =
            "'\(recorded.target.name)' is new here: its host key \(recorded.key) was added to '\(recorded.file)'. "
            + "Compare it with the host's own ('ssh-keygen -l -f' on its console)"
        return ([line] + (terminal.isLive ? recorded.picture : [])).joined(separator: "\n")
    }
}
