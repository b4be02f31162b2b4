/// Where a script of `InstallScript` stopped, as a sentence.
enum InstallStop {
    /// - Parameters:
    ///   - place: the word it printed after `stopped`; empty where it printed none.
    ///   - complaint: how it ended, as the host said it.
    static func sentence(_ place: String, _ complaint: String) -> String {
        switch place {
        case "digest":
            "what arrived has another SHA-256 than what was sent; nothing on it was replaced"
        case "run":
            "the new agent does not run on it, and nothing was replaced: \(complaint)"
        case "copy":
            "the files could not be written beside their places, and nothing was replaced: \(complaint)"
        case "exposed":
            "somebody else than root may write where the agent would stand; nothing on it was replaced"
        case "busy":
            "its agent keeps its record locked; nothing was changed"
        case "changed":
            "its agent began something while this was under way; nothing was changed"
        case "move":
            "the new files could not be moved into place, perhaps one of them: \(complaint)"
        case "sync":
            "the change is made, but not known to be on the disk: \(complaint)"
        case "reload", "enable":
            "agent and unit are in place, but 'systemctl \(place == "reload" ? "daemon-reload" : "enable")' failed: "
                + complaint
        case "disable":
            "turnstile-agent.service could not be disabled and stopped, and nothing was removed: \(complaint)"
        case "remove":
            "not everything could be removed: \(complaint)"
        default:
            "it did not get to its end: \(complaint)"
        }
    }
}

extension HostCommandResult {
    /// The last thing it complained of, or how it ended.
    var complaint: String {
        let said = String(decoding: errors.suffix(500), as: UTF8.self).split(whereSeparator: \.isNewline).last
        return said.map(String.init) ?? ending
    }
}
