import SystemPackage

/// A pipe that holds a whole text already: a process that never reads it cannot end us by SIGPIPE, and what it is told is
/// on no command line. The text must be smaller than what a pipe holds (64 KiB, pipe(7)).
enum FilledPipe {
    static func readEnd(of text: String) throws -> FileDescriptor {
        let pipe = try FileDescriptor.pipe()
        try pipe.writeEnd.closeAfter { _ = try pipe.writeEnd.writeAll(text.utf8) }
        return pipe.readEnd
    }
}
