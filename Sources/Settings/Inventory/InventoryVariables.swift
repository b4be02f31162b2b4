import Foundation

/// The files of variables beside an inventory, as Ansible finds them: in `group_vars` those of a group, in `host_vars`
/// those of a host; each a file of its name, bare or with an ending, or a folder of such files.
package struct InventoryVariables {
    enum Folder: String, CaseIterable {
        case groups = "group_vars"
        case hosts = "host_vars"
    }

    private let environment: ConfigurationEnvironment
    /// The files of each folder, by the name that they are about.
    private var files: [Folder: [String: [String]]] = [:]

    /// - Parameter inventory: as the user named it.
    init(beside inventory: String, environment: ConfigurationEnvironment) {
        self.environment = environment
        let folder = inventory.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
        for kind in Folder.allCases {
            let path =
                folder.isEmpty && !inventory.hasPrefix("/") ? kind.rawValue : "\(folder)/\(kind.rawValue)"
            files[kind] = Dictionary(grouping: names(in: path), by: Self.subject)
                .mapValues { $0.flatMap { found(path + "/" + $0) } }
        }
    }

    /// How hosts are reached, by all files about one group or host; later ones count more. Of a file that Ansible's
    /// vault keeps, only the name is told.
    func reach(of name: String, in folder: Folder) throws(ConfigurationError) -> AnsibleInventory.Reach {
        var reach = AnsibleInventory.Reach()
        for file in files[folder]?[name] ?? [] {
            let text = try TextFile.read(file, environment: environment)
            guard !text.hasPrefix("$ANSIBLE_VAULT") else {
                reach.vaultedFiles.insert(file)
                continue
            }
            reach.overlay(try AnsibleInventory.Reach(yaml: text, file: file))
        }
        return reach
    }

    /// The file, or those of the folder.
    private func found(_ path: String) -> [String] {
        isFolder(path) ? names(in: path).map { path + "/" + $0 }.filter { !isFolder($0) } : [path]
    }

    /// In the order in which Ansible reads them. A folder that is not there has none.
    private func names(in folder: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: absolute(folder))
        return (names ?? []).filter { !$0.hasPrefix(".") && !$0.hasSuffix("~") }.sorted()
    }

    /// Whom a file is about. Hosts have dots in their names, too.
    private static func subject(_ file: String) -> String {
        let ending = [".yml", ".yaml", ".json"].first(where: file.hasSuffix) ?? ""
        return String(file.dropLast(ending.count))
    }

    private func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: absolute(path), isDirectory: &isFolder)
            && isFolder.boolValue
    }

    private func absolute(_ path: String) -> String {
        environment.absolute(path, from: environment.workingDirectory)
    }
}
