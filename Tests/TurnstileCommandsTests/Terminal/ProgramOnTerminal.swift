import Foundation
import Glibc
import Synchronization

/// A program on a terminal of its own, which is the controlling one of its session.
final class ProgramOnTerminal: Sendable {
    struct Failure: Error, CustomStringConvertible { var description: String }

    private let near: Int32
    private let process: pid_t
    private let state = Mutex(State())

    private struct State {
        var text = ""
        var status: Int32?
        var isHungUp = false
    }

    /// - Parameter command: the program's path, and its arguments.
    init(
        _ command: [String], in directory: String, environment: [String: String] = [:], columns: UInt16 = 80,
        rows: UInt16 = 24
    ) throws {
        var (near, far): (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&near, &far, nil, nil, &size) == 0, let name = ttyname(far) else {
            throw Failure(description: "no terminal: errno \(errno)")
        }
        let path = String(cString: name)
        _ = fcntl(near, F_SETFL, O_NONBLOCK)
        _ = fcntl(near, F_SETFD, FD_CLOEXEC)
        defer { close(far) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, path, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var usual = sigset_t()
        sigfillset(&usual)
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        var variables = ProcessInfo.processInfo.environment
        variables["TERM"] = "xterm"
        variables["NO_COLOR"] = nil
        for (name, value) in environment { variables[name] = value }
        var child: pid_t = 0
        // setsid takes standard input for the session's terminal, and becomes the program.
        let words = ["/usr/bin/env", "-C", directory, "setsid", "--ctty"] + command
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        let settings: [UnsafeMutablePointer<CChar>?] =
            variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (arguments + settings).forEach { free($0) } }
        let failure = posix_spawn(&child, words[0], &actions, &attributes, arguments, settings)
        guard failure == 0 else {
            close(near)
            throw Failure(description: "\(command) did not start: errno \(failure)")
        }
        self.near = near
        process = child
    }

    deinit {
        hangUp()
        if state.withLock({ $0.status == nil }) {
            kill(process, SIGKILL)
            var status: Int32 = 0
            waitpid(process, &status, 0)
        }
    }

    /// The text that was written so far.
    var text: String {
        take()
        return state.withLock { $0.text }
    }

    /// Waits until the program has written what is waited for.
    ///
    /// - Throws: `Failure` where it ends before.
    func read(until isThere: (String) -> Bool) async throws {
        while !isThere(text) {
            if hasEnded, !isThere(text) { throw Failure(description: "it ended before: \(text)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    func type(_ keys: String) {
        let bytes = Array(keys.utf8)
        _ = write(near, bytes, bytes.count)
    }

    /// The terminal is gone: the session's leader hears of it by SIGHUP.
    func hangUp() {
        let isFirst = state.withLock { state in
            defer { state.isHungUp = true }
            return !state.isHungUp
        }
        if isFirst { close(near) }
    }

    /// Waits until the program has ended.
    ///
    /// - Returns: its exit code; 128 and more for the signal that ended it, as in a shell.
    func end() async throws -> Int32 {
        while !hasEnded {
            take()
            try await Task.sleep(for: .milliseconds(20))
        }
        take()
        let status = state.withLock { $0.status ?? 0 }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    private var hasEnded: Bool {
        state.withLock { state in
            if state.status != nil { return true }
            var status: Int32 = 0
            guard waitpid(process, &status, WNOHANG) == process else { return false }
            state.status = status
            return true
        }
    }

    private func take() {
        state.withLock { state in
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            while !state.isHungUp {
                let count = Glibc.read(near, &bytes, bytes.count)
                guard count > 0 else { return }
                state.text += String(decoding: bytes[..<count], as: UTF8.self)
            }
        }
    }
}
