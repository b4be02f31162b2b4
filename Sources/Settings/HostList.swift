import RolloutModel
import Yams

/// Hosts as files list them: under `hosts` in `turnstile.yaml`, or one a line in a file of their own.
enum HostList {
    private typealias Found = (host: Configuration.HostAddress, line: Int?)

    /// The value of `hosts`; nil where it is no list.
    static func read(_ node: Node, file: String, problems: inout [ConfigurationProblem])
        -> [Configuration.HostAddress]?
    {
        guard case .sequence(let items) = node else {
            problems.append(
                ConfigurationProblem(
                    file: file, line: node.mark?.line, key: "hosts",
                    fault: .unexpected(found: node.summary, expected: "a list of hosts")))
            return nil
        }
        let found: [Found] = items.enumerated().compactMap { index, item in
            host(item, name: "hosts[\(index + 1)]", file: file, problems: &problems)
                .map { ($0, item.mark?.line) }
        }
        return unique(found, file: file, key: "hosts", problems: &problems)
    }

    /// A file with one host a line; blank lines, and everything after a `#`, say nothing.
    static func read(lines text: String, file: String) throws(ConfigurationError)
        -> [Configuration.HostAddress]
    {
        var problems: [ConfigurationProblem] = []
        var found: [Found] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let content = line.prefix { $0 != "#" }.trimmingPrefix(while: \.isWhitespace)
            let end = content.lastIndex { !$0.isWhitespace }
            guard let end else { continue }
            let name = String(content[...end])
            if let specification = HostSpecification(name) {
                found.append((Configuration.HostAddress(specification), index + 1))
            } else {
                problems.append(
                    ConfigurationProblem(
                        file: file, line: index + 1, key: "",
                        fault: .unexpected(
                            found: name.quotedForError, expected: HostSpecification.expected)))
            }
        }
        let hosts = unique(found, file: file, key: "", problems: &problems)
        if problems.isEmpty, hosts.isEmpty {
            problems.append(ConfigurationProblem(file: file, key: "", fault: .noHosts))
        }
        guard problems.isEmpty else { throw ConfigurationError(problems) }
        return hosts
    }

    private static func host(
        _ node: Node, name: String, file: String, problems: inout [ConfigurationProblem]
    ) -> Configuration.HostAddress? {
        guard case .mapping = node else {
            if let text = node.scalar?.string, let specification = HostSpecification(text), !node.isNothing {
                return Configuration.HostAddress(specification)
            }
            problems.append(
                ConfigurationProblem(
                    file: file, line: node.mark?.line, key: name,
                    fault: .unexpected(found: node.summary, expected: HostSpecification.expected)))
            return nil
        }
        guard
            let section = ConfigurationSection(
                node, name: name, file: file, keys: ConfigurationKeys.host.names, problems: &problems)
        else { return nil }
        let address = section.value("address", .address, &problems)
        let port = section.value("port", .port, &problems)
        let user = section.value("user", .user, &problems)
        guard section.node("name") != nil else {
            problems.append(
                ConfigurationProblem(
                    file: file, line: node.mark?.line, key: section.path("name"),
                    fault: .unexpected(found: "nothing", expected: ConfigurationValue.hostName.expected)))
            return nil
        }
        return section.value("name", .hostName, &problems).map {
            Configuration.HostAddress(id: HostID($0), address: address, port: port, user: user)
        }
    }

    /// The same host twice would be upgraded twice.
    private static func unique(
        _ found: [Found], file: String, key: String, problems: inout [ConfigurationProblem]
    ) -> [Configuration.HostAddress] {
        var first: [String: Int?] = [:]
        for (host, line) in found {
            let name = host.id.rawValue
            if let firstLine = first[name] {
                problems.append(
                    ConfigurationProblem(
                        file: file, line: line, key: key,
                        fault: .duplicateHost(name: name, firstLine: firstLine)))
            } else {
                first[name] = line
            }
        }
        return found.map(\.host)
    }
}
