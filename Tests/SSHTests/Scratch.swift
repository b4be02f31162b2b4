import Glibc
import Subprocess
import SystemPackage

/// A directory of one test.
struct Scratch {
    let path: String

    /// Makes one, lends it, removes it.
    static func with<Value>(_ body: (Scratch) async throws -> Value) async throws -> Value {
        var template = Array("/tmp/turnstile-ssh-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let outcome: Result<Value, any Error>
        do { outcome = .success(try await body(Scratch(path: path))) } catch { outcome = .failure(error) }
        _ = try? await Tool.run("/bin/rm", "-rf", path)
        return try outcome.get()
    }

    /// Bytes that repeat nowhere near.
    static func noise(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            for start in stride(from: 0, to: count, by: 256) {
                getentropy(buffer.baseAddress.map { $0 + start }, min(256, count - start))
            }
            filled = count
        }
    }

    func file(_ name: String) -> String { path + "/" + name }

    @discardableResult func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }

    @discardableResult func write(_ bytes: [UInt8], to name: String) throws -> String {
        let descriptor = try FileDescriptor.open(
            file(name), .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
        try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
        return file(name)
    }

    func read(_ name: String) throws -> [UInt8] {
        let descriptor = try FileDescriptor.open(file(name), .readOnly)
        return try descriptor.closeAfter {
            var bytes: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 1 << 16)
            while case let count = try chunk.withUnsafeMutableBytes({ try descriptor.read(into: $0) }),
                count > 0
            {
                bytes += chunk[..<count]
            }
            return bytes
        }
    }

    func text(_ name: String) throws -> String { String(decoding: try read(name), as: UTF8.self) }

    /// A new key pair; the private half's path.
    @discardableResult func makeKey(
        _ name: String, type: String = "ed25519", passphrase: String = "", options: [String] = []
    ) async throws -> String {
        try await Tool.run(
            ["/usr/bin/ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", name, "-f", file(name)]
                + options)
        return file(name)
    }
}

enum Tool {
    struct Failed: Error { var command: [String] }

    @discardableResult static func run(_ command: String..., environment: [Environment.Key: String] = [:])
        async throws
        -> String
    { try await run(command, environment: environment) }

    @discardableResult static func run(_ command: [String], environment: [Environment.Key: String] = [:])
        async throws
        -> String
    {
        let result = try await Subprocess.run(
            .path(FilePath(command[0])), arguments: Arguments(Array(command.dropFirst())),
            environment: .inherit.updating(environment.mapValues { $0 }), output: .string(limit: 1 << 20))
        guard result.terminationStatus.isSuccess else { throw Failed(command: command) }
        return result.standardOutput
    }
}
