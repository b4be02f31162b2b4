import Foundation
import RolloutModel

/// A file that the user named, read whole.
package enum TextFile {
    package static let bytesMax = 1 << 20

    /// - Parameter ownerAlone: a secret: nobody but its owner, who is the one that runs this, may read it or write to
    ///   it.
    package static func read(
        _ name: String, environment: ConfigurationEnvironment, bytesMax: Int = bytesMax,
        ownerAlone: Bool = false
    ) throws(ConfigurationError) -> String {
        let path = environment.absolute(name, from: environment.workingDirectory)
        return try text(name, bytesMax) {
            let handle = try FileHandle(forReadingFrom: URL(filePath: path))
            guard ownerAlone else { return handle }
            // The status of the open file; another file may have its name by now.
            var status = stat()
            guard fstat(handle.fileDescriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                throw unreadable(name, "no plain file")
            }
            guard status.st_mode & 0o077 == 0, status.st_uid == geteuid() else {
                throw ConfigurationError([
                    ConfigurationProblem(
                        file: name, key: "",
                        fault: .unreadable(
                            reason: "others than you can read it",
                            remedy: "Make it yours alone: chmod 600 \(ShellWord(name))"))
                ])
            }
            return handle
        }
    }

    /// - Parameter name: what errors call it.
    static func readStandardInput(_ name: String, bytesMax: Int) throws(ConfigurationError) -> String {
        try text(name, bytesMax) { .standardInput }
    }

    private static func text(
        _ name: String, _ bytesMax: Int, _ open: () throws -> FileHandle
    ) throws(ConfigurationError) -> String {
        do {
            let handle = try open()
            defer { try? handle.close() }  // Only read from: there is nothing to lose.
            let bytes = try handle.read(upToCount: bytesMax + 1) ?? Data()
            guard bytes.count <= bytesMax else { throw unreadable(name, "longer than \(bytesMax) bytes") }
            guard let text = String(data: bytes, encoding: .utf8) else {
                throw unreadable(name, "not UTF-8 text")
            }
            return text
        } catch let error as ConfigurationError {
            throw error
        } catch {
            throw unreadable(name, reason(error))
        }
    }

    private static func unreadable(_ name: String, _ reason: String) -> ConfigurationError {
        ConfigurationError([
            ConfigurationProblem(
                file: name, key: "",
                fault: .unreadable(reason: reason, remedy: "Name a file that can be read"))
        ])
    }

    private static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        guard let code = underlying?.code, underlying?.domain == NSPOSIXErrorDomain else {
            return (error as NSError).localizedDescription
        }
        return String(cString: strerror(Int32(code)))
    }
}
