#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Runs a program of another image for its version: in a root of its own, as nobody, without capabilities, environment,
/// standard input or other open files, and for a few seconds. The unit also forbids network and new privileges.
///
/// The agent starts itself for this, because a separate process can give up its root for good. The confined process
/// runs as nobody, too, watches the program, and can end it.
public enum ConfinedProgram {
    /// The hidden verb of turnstile-agent.
    public static let verb = "confined"
    /// The longest run of a program; a healthy one answers at once.
    private static let timeAllowed = Duration.seconds(10)
    private static let nobody: uid_t = 65534

    static func command(askingVersionOf program: String, in root: String) -> HostCommand {
        // The limit is longer than the process's own, so that the process ends its program first.
        HostCommand("/proc/self/exe", [verb, root, program], allowed: timeAllowed + .seconds(5))
    }

    public struct Refused: Error, CustomStringConvertible {
        public var description: String
    }

    /// Gives up all privileges of this process, and runs the program to its end.
    ///
    /// - Returns: the program's exit code.
    public static func askVersion(of program: String, in root: String) throws(Refused) -> Int32 {
        guard root.hasPrefix("/"), program.hasPrefix("/") else {
            throw Refused(description: "a root and a program are paths from /")
        }
        guard chdir(root) == 0, chroot(".") == 0, chdir("/") == 0 else { throw failure("chroot to \(root)") }
        // The groups come first, because nobody may not change groups. Root's setuid changes the saved id, too.
        guard setgroups(0, nil) == 0, setgid(nobody) == 0, setuid(nobody) == 0 else {
            throw failure("become nobody")
        }
        guard getuid() == nobody, geteuid() == nobody, setuid(0) != 0 else {
            throw Refused(description: "it could become root again")
        }
        return try wait(for: try spawn(program))
    }

    private static func spawn(_ program: String) throws(Refused) -> pid_t {
        // The rest of this process's files is closed, so that the program has three files, and no directory through
        // which it could leave its root.
        for descriptor in 3..<filesMax {
            let flags = fcntl(descriptor, F_GETFD)
            if flags >= 0 { _ = fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC) }
        }
        var words: [UnsafeMutablePointer<CChar>?] = [
            strdup(program), strdup("--version"), nil,
        ]
        defer { for word in words { free(word) } }
        var nothing: [UnsafeMutablePointer<CChar>?] = [nil]
        var process: pid_t = 0
        let code = posix_spawn(&process, program, nil, nil, &words, &nothing)
        guard code == 0 else {
            throw Refused(description: "cannot run \(program): \(String(cString: strerror(code)))")
        }
        return process
    }

    private static func wait(for process: pid_t) throws(Refused) -> Int32 {
        for _ in 0..<timeAllowed.components.seconds * 100 {
            var status: Int32 = 0
            switch waitpid(process, &status, WNOHANG) {
            case process:
                guard status & 0x7f == 0 else {
                    throw Refused(description: "it was ended by signal \(status & 0x7f)")
                }
                return (status >> 8) & 0xff
            case 0: usleep(10_000)
            default: throw failure("wait for it")
            }
        }
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        throw Refused(description: "it did not end within \(timeAllowed.components.seconds) s")
    }

    /// Descriptors below this number are closed before the program runs; the agent never has as many open.
    private static let filesMax: Int32 = 1024

    private static func failure(_ what: String) -> Refused {
        Refused(description: "cannot \(what): \(String(cString: strerror(errno)))")
    }
}
