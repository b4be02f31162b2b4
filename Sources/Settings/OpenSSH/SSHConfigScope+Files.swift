import Foundation
import Glibc

extension SSHConfigScope {
    /// Reads the files that `SSHConfigQuestion` has ssh read.
    init(files: SSHConfigFiles, environment: ConfigurationEnvironment) {
        // To ssh, a file that is missing is none; one that it cannot read is an error that it tells itself.
        let texts = files.users.compactMap { Self.text(of: $0, environment) }
        let system = files.system.flatMap { Self.text(of: $0, environment) }
        self.init(texts + [system.map(SSHSystemIncludes.anchored) ?? ""]) { pattern in
            Self.paths(pattern).map { $0.compactMap { Self.text(of: $0, environment) } }
        }
        if files.all.contains(where: {
            FileManager.default.fileExists(atPath: $0) && Self.text(of: $0, environment) == nil
        }) {
            self = .opaque
        }
    }

    private static func text(of path: String, _ environment: ConfigurationEnvironment) -> String? {
        try? TextFile.read(path, environment: environment)
    }

    /// The files that `Include` means in a user's configuration (ssh_config(5)); nil where only ssh can say.
    private static func paths(_ pattern: String) -> [String]? {
        guard !pattern.contains("%"), let account = getpwuid(getuid()) else { return nil }
        // ssh goes by the account, not by HOME.
        let home = String(cString: account.pointee.pw_dir)
        let full: String
        if pattern.hasPrefix("~/") {
            full = home + pattern.dropFirst()
        } else if pattern.hasPrefix("~") {
            return nil
        } else {
            full = pattern.hasPrefix("/") ? pattern : "\(home)/.ssh/\(pattern)"
        }
        var found = glob_t()
        defer { globfree(&found) }
        switch glob(full, 0, nil, &found) {
        case 0:
            return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
        case GLOB_NOMATCH: return []
        default: return nil
        }
    }
}
