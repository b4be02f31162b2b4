import Glibc
import SystemPackage

/// A file that holds a whole text and has no name any more, for a program that takes a path. Nobody else can open the
/// file, the text is on no command line, and nothing is left of it once this process is gone.
package struct NamelessFile: Sendable {
    private let descriptor: FileDescriptor

    /// The path by which programs of the same user read the file while this process has it open (proc(5)).
    package var path: String { "/proc/\(getpid())/fd/\(descriptor.rawValue)" }

    /// Memory before a disk.
    private static let directories = ["/dev/shm", "/tmp"]

    /// - Throws: `Errno` where the file cannot be made, or the text cannot be written.
    package init(_ text: String) throws {
        descriptor = try Self.made()
        do {
            _ = try descriptor.writeAll(Array(text.utf8))
        } catch {
            try? descriptor.close()
            throw error
        }
    }

    package func close() { try? descriptor.close() }

    private static func made() throws -> FileDescriptor {
        let name = "turnstile-\(String(UInt64.random(in: .min ... .max), radix: 16))"
        var failure = Errno.noSuchFileOrDirectory
        for directory in directories {
            do {
                let path = "\(directory)/\(name)"
                let descriptor = try FileDescriptor.open(
                    path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec],
                    permissions: [.ownerRead, .ownerWrite])
                unlink(path)
                return descriptor
            } catch let error as Errno {
                failure = error
            }
        }
        throw failure
    }
}
