import Subprocess
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension HostCommand {
    /// Makes the host's tools print the same whatever a login shell's settings are.
    private static let environment = Environment.inherit.updating([
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LC_ALL": "C",
        "SYSTEMD_COLORS": "0",
        "SYSTEMD_PAGER": "",
    ])

    var configuration: Configuration {
        var options = PlatformOptions()
        // The command has a session of its own: a signal to the agent's terminal or group must not end a tool half way.
        options.createSession = true
        return Configuration(
            executable: program.contains("/") ? .path(FilePath(program)) : .name(program),
            arguments: Arguments(arguments), environment: Self.environment,
            platformOptions: options)
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
