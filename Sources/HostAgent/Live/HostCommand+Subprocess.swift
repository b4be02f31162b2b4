import Subprocess
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension HostCommand {
    /// What the host's tools print, never what a login shell's settings make of it.
    private static let environment = Environment.inherit.updating([
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LC_ALL": "C",
        "SYSTEMD_COLORS": "0",
        "SYSTEMD_PAGER": "",
    ])

    var configuration: Configuration {
        var options = PlatformOptions()
        // Its own session: a signal sent to the agent's terminal or group must not end a tool half way.
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
