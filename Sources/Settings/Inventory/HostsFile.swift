/// A file of hosts, in any of several forms. The form is recognised from the file itself.
package enum HostsFile {
    /// The largest file that is read: enough for ten thousand hosts with some variables each.
    package static let bytesMax = 16 << 20

    enum Form: Hashable {
        /// Lines of `[user@]host[:port]`, as pssh takes them.
        case lines
        case ansibleINI
        case ansibleYAML
    }

    /// - Parameters:
    ///   - beside: the files beside an inventory; nil where the inventory is no file.
    ///   - leavesOut: called for each host that is not reached by ssh.
    /// - Throws: `ConfigurationError` with every problem of the file, and its line.
    package static func read(
        _ text: String, file: String, beside: InventoryVariables? = nil,
        leavesOut: (LeftOutHost) -> Void = { _ in }
    ) throws(ConfigurationError) -> ListedHosts {
        switch form(of: text, file: file) {
        case .lines: return ListedHosts(hosts: try HostList.read(lines: text, file: file))
        case .ansibleINI:
            return try AnsibleInventory(ini: text, file: file)
                .hosts(file: file, beside: beside, leavesOut: leavesOut)
        case .ansibleYAML:
            return try AnsibleInventory(yaml: text, file: file)
                .hosts(file: file, beside: beside, leavesOut: leavesOut)
        }
    }

    /// The form, by the file's name, or by the first line that only one of the forms can have.
    static func form(of text: String, file: String) -> Form {
        if [".yaml", ".yml"].contains(where: file.hasSuffix) { return .ansibleYAML }
        if file.hasSuffix(".ini") { return .ansibleINI }
        var isFirst = true
        for line in text.split(whereSeparator: \.isNewline) {
            let content = line.trimmingPrefix(while: \.isWhitespace).prefix { $0 != "#" }
            guard let last = content.last(where: { !$0.isWhitespace }), !content.hasPrefix(";") else {
                continue
            }
            if isFirst, last == ":" || content.hasPrefix("---") { return .ansibleYAML }
            isFirst = false
            // `[fd00::1]:22` is a host; `[web]` and `[web:vars]` are sections.
            if content.hasPrefix("["), content.count(where: { $0 == ":" }) < 2, !content.contains("]:") {
                return .ansibleINI
            }
            if content.contains("=") { return .ansibleINI }
        }
        return .lines
    }
}
