import Foundation

/// The part of a `turnstile.yaml` that completions need. A fault elsewhere in the file takes nothing away from it.
package struct ConfigurationGlance {
    package private(set) var hosts: [Configuration.HostAddress] = []
    /// The absolute path of the directory of journals; nil for the usual one.
    package private(set) var journal: String?

    /// - Parameters:
    ///   - yaml: the file's text. A text that is not YAML says nothing.
    ///   - file: the file's name, from whose directory its paths are read.
    package init(yaml: String, file: String, _ environment: ConfigurationEnvironment) {
        var problems: [ConfigurationProblem] = []
        guard let node = try? ConfigurationFile.compose(yaml, file: file),
            let top = ConfigurationSection(
                node, name: "", file: file, keys: ConfigurationKeys.top.names, problems: &problems)
        else { return }
        hosts = top.node("hosts").flatMap { HostList.read($0, file: file, problems: &problems) } ?? []
        let path = environment.absolute(file, from: environment.workingDirectory)
        let folder = (path as NSString).deletingLastPathComponent
        journal = top.value("journal", .path, &problems).map { environment.absolute($0, from: folder) }
    }
}
