import Subprocess
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension HostCommand {
    private static let directories = [
        "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin",
    ]
    /// Makes the host's tools print the same whatever a login shell's settings are.
    private static let environment = Environment.inherit.updating([
        "PATH": directories.joined(separator: ":"),
        "LC_ALL": "C",
        "SYSTEMD_COLORS": "0",
        "SYSTEMD_PAGER": "",
    ])

    var configuration: Configuration {
        var options = PlatformOptions()
        // The command has a session of its own: a signal to the agent's terminal or group must not end a tool half way.
        options.createSession = true
        return Configuration(
            executable: Self.path(of: program).map { .path(FilePath($0)) } ?? .name(program),
            arguments: Arguments(arguments), environment: Self.environment,
            platformOptions: options)
    }

    /// The first executable file of the name. Subprocess would start a process for each directory that has none.
    static func path(of program: String) -> String? {
        if program.contains("/") { return program }
        return directories.lazy.map { "\($0)/\(program)" }.first { isExecutable($0) }
    }

    private static func isExecutable(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
}

extension CommandOutcome.Ending {
    init(_ status: TerminationStatus) {
        switch status {
        case .exited(let code): self = .exited(code)
        case .signaled(let signal): self = .signalled(signal)
        }
    }
}
