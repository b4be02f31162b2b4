#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

extension Command {
    /// Runs it to its end from a thread of its own, which may wait, where there are no tasks. Its output goes where this
    /// process' own goes. Its environment is empty.
    ///
    /// - Throws: `Failure` where it cannot be started, or ends with another code than 0.
    func runWaiting() throws {
        let words = [path] + arguments
        let pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        var process = pid_t()
        let code = posix_spawn(&process, path, nil, nil, pointers + [nil], nil)
        guard code == 0 else {
            throw Failure.system(operation: "start", subject: path, reason: String(cString: strerror(code)))
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw Failure.lastSystemError("wait for", path) }
        }
        guard status == 0 else {
            throw Failure.command(
                line: words.joined(separator: " "), status: "status \(status)", output: "")
        }
    }
}
