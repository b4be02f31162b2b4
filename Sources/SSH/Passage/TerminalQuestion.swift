import Glibc
import Synchronization

/// The questions that programs on this machine ask at the terminal, such as the passphrase of a bastion's key.
public enum TerminalQuestion {
    private static let terminal = "/dev/tty"
    private static let asked = Mutex(0)

    /// True while a ProxyCommand is known to wait for an answer at the terminal. Output must not be written over its
    /// question.
    public static var isAsked: Bool { asked.withLock { $0 > 0 } }

    static func noteBegin() { asked.withLock { $0 += 1 } }
    static func noteEnd() { asked.withLock { $0 -= 1 } }

    /// True if the process, or one that it started, waits at the terminal: ssh has the terminal open while it asks, and
    /// only then.
    static func isAsked(by process: pid_t) -> Bool {
        holdsTerminal(process) || children(of: process).contains(where: isAsked(by:))
    }

    private static func holdsTerminal(_ process: pid_t) -> Bool {
        let place = "/proc/\(process)/fd"
        guard let directory = opendir(place) else { return false }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let number = withUnsafeBytes(of: entry.pointee.d_name) { $0.prefix { $0 != 0 } }
            if target(of: "\(place)/\(String(decoding: number, as: UTF8.self))") == terminal { return true }
        }
        return false
    }

    private static func target(of link: String) -> String? {
        var bytes = [CChar](repeating: 0, count: terminal.utf8.count + 1)
        let count = readlink(link, &bytes, bytes.count)
        guard count >= 0 else { return nil }
        return String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func children(of process: pid_t) -> [pid_t] {
        let list = LocalFile.read("/proc/\(process)/task/\(process)/children", bytesMax: 1 << 16)
        guard case .success(let bytes) = list else { return [] }
        return bytes.split(separator: UInt8(ascii: " ")).compactMap {
            pid_t(String(decoding: $0, as: UTF8.self))
        }
    }
}
