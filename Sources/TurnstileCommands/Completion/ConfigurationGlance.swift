import Foundation
import RolloutModel

/// The part of a `turnstile.yaml` that completions need. A fault elsewhere in the file takes nothing away from it.
struct ConfigurationGlance {
    var hosts: [Configuration.HostAddress] = []
    /// The absolute path of the directory of journals; nil for the usual one.
    var journal: String?

    /// - Parameter path: the path of the file; nil for `turnstile.yaml` in the working directory. A file that is not
    ///   there, or cannot be read, says nothing.
    init(_ path: String?, _ environment: ConfigurationEnvironment) {
        let name = path ?? Configuration.usualPath
        var problems: [ConfigurationProblem] = []
        guard let text = PlainFile.text(name, bytesMax: TextFile.bytesMax, environment),
            let node = try? ConfigurationFile.compose(text, file: name),
            let top = ConfigurationSection(
                node, name: "", file: name, keys: ConfigurationKeys.top.names, problems: &problems)
        else { return }
        hosts = top.node("hosts").flatMap { HostList.read($0, file: name, problems: &problems) } ?? []
        let path = environment.absolute(name, from: environment.workingDirectory)
        let folder = (path as NSString).deletingLastPathComponent
        journal = top.value("journal", .path, &problems).map { environment.absolute($0, from: folder) }
    }
}
