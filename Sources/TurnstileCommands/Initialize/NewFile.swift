import Foundation
import Glibc
import Reports
import RolloutModel

/// A file that is written as a whole, or not at all.
struct NewFile {
    var path: String
    /// True if a file that is there already may be replaced.
    var replaces: Bool

    /// - Throws: `CommandFailure` where a file is in the way.
    func requireRoom() throws(CommandFailure) {
        guard !replaces, access(path, F_OK) == 0 else { return }
        throw isThere
    }

    /// - Throws: `CommandFailure` also where a file came there meanwhile.
    func write(_ text: String) throws(CommandFailure) {
        let draft = path + ".new-\(UUID().uuidString.prefix(8))"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failed("it cannot be written") }
        defer { unlink(draft) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(text.utf8))
            try handle.synchronize()
            try handle.close()
        } catch {
            throw CommandFailure(.failed, "'\(path)' cannot be written: \(error.localizedDescription)")
        }
        // `link` takes no name that is there.
        guard (replaces ? rename(draft, path) : link(draft, path)) == 0 else {
            throw errno == EEXIST ? isThere : failed("it cannot be put in place")
        }
    }

    private var isThere: CommandFailure {
        CommandFailure(
            .failed,
            "'\(path)' is there already, and stays as it is. Name another file, or replace it with --force")
    }

    private func failed(_ what: String) -> CommandFailure {
        CommandFailure(.failed, "'\(path)': \(what): \(String(cString: strerror(errno)))")
    }
}
