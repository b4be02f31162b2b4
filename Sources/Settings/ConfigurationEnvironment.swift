import Foundation

/// Facts about the process and its user: read once, and handed on.
package struct ConfigurationEnvironment: Hashable, Sendable {
    /// Absolute.
    var home: String
    package var workingDirectory: String
    var xdgStateHome: String?
    /// The account's name on this machine.
    var userName: String
    /// The account's number on this machine.
    var userID: UInt32 = 0
    /// The name of this machine, with or without a domain, as the machine has it.
    var machineName = ""
    /// Other variables that an ssh configuration may name, `SSH_AUTH_SOCK` among them.
    package var variables: [String: String] = [:]

    package init(
        home: String, workingDirectory: String, xdgStateHome: String? = nil, userName: String,
        userID: UInt32 = 0,
        machineName: String = "", variables: [String: String] = [:]
    ) {
        self.home = home
        self.workingDirectory = workingDirectory
        self.xdgStateHome = xdgStateHome
        self.userName = userName
        self.userID = userID
        self.machineName = machineName
        self.variables = variables
    }

    package static func live() -> ConfigurationEnvironment {
        let variables = ProcessInfo.processInfo.environment
        return ConfigurationEnvironment(
            home: NSHomeDirectory(), workingDirectory: FileManager.default.currentDirectoryPath,
            xdgStateHome: variables["XDG_STATE_HOME"], userName: NSUserName(), userID: getuid(),
            machineName: ownName(), variables: variables)
    }

    /// Asks no resolver.
    private static func ownName() -> String {
        var name = [CChar](repeating: 0, count: Int(HOST_NAME_MAX) + 1)
        guard gethostname(&name, name.count) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Where journals are unless someone says otherwise. A relative XDG_STATE_HOME counts as none, as its
    /// specification wants.
    package var journalDirectory: String {
        let state = xdgStateHome.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(home)/.local/state"
        return "\(state)/turnstile"
    }

    /// `path` made absolute: `~` is the home directory, and a relative path is one from `directory`.
    package func absolute(_ path: String, from directory: String) -> String {
        if path == "~" { return home }
        if path.hasPrefix("~/") { return home + path.dropFirst() }
        return path.hasPrefix("/") ? path : directory + (directory.hasSuffix("/") ? "" : "/") + path
    }
}
