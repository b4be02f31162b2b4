import Glibc
import SystemPackage

/// A pipe that holds a whole text already: a process that never reads it cannot end us by SIGPIPE, and what it is told is
/// on no command line.
package enum FilledPipe {
    /// - Throws: `Errno` for a text that is larger than what a pipe holds (64 KiB, pipe(7)).
    package static func readEnd(of text: String) throws -> FileDescriptor {
        try readEnd(of: Array(text.utf8))
    }

    /// - Throws: as above.
    package static func readEnd(of bytes: [UInt8]) throws -> FileDescriptor {
        let pipe = try FileDescriptor.pipe()
        do {
            // A text that does not fit is an error, not a wait for a reader who is yet to come.
            _ = fcntl(pipe.writeEnd.rawValue, F_SETFL, O_NONBLOCK)
            try pipe.writeEnd.closeAfter { _ = try pipe.writeEnd.writeAll(bytes) }
            return pipe.readEnd
        } catch {
            try? pipe.readEnd.close()
            throw error
        }
    }
}
