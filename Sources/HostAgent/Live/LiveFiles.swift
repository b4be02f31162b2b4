import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Reads and replaces the files of the host for real.
enum LiveFiles {
    static let access = HostFileAccess(
        read: { (path, bytesMax, links) throws(HostFault) in
            try attempt(.read, path) { try read(path, bytesMax: bytesMax, links: links) }
        },
        replace: { (path, copy) throws(HostFault) in
            try attempt(.write, path) { try replace(path, with: copy) }
        },
        remove: { (path) throws(HostFault) in try attempt(.remove, path) { try remove(path) } },
        makeDirectory: { (path, mode) throws(HostFault) in
            try attempt(.makeDirectory, path) { try makeDirectory(FilePath(path), mode: mode) }
        },
        removeEmptyDirectory: { path in rmdir(path) },
        append: { (path, bytes) throws(HostFault) in
            try attempt(.write, path) { try append(bytes, to: path) }
        },
        readOn: { (path, offset, bytesMax) throws(HostFault) in
            try attempt(.read, path) { try read(path, from: offset, bytesMax: bytesMax) }
        },
        resolve: { path in
            guard let resolved = realpath(path, nil) else { return path }
            defer { free(resolved) }
            return String(cString: resolved)
        },
        list: { (path) throws(HostFault) in try attempt(.read, path) { try list(path) } },
        size: { (path) throws(HostFault) in try attempt(.read, path) { try size(path) } },
        freeBytes: { (path) throws(HostFault) in try attempt(.read, path) { try freeBytes(path) } },
        watch: { directory in
            LiveDirectoryWatch(directory).map { watch in
                DirectoryWatch { limit in await watch.change(upTo: limit) }
            }
        })

    private struct TooLong: Error, CustomStringConvertible {
        var bytesMax: Int
        var description: String { "longer than the \(bytesMax) bytes allowed" }
    }

    private static func attempt<Value>(
        _ operation: HostFault.FileOperation, _ path: String, _ body: () throws -> Value
    ) throws(HostFault) -> Value {
        do {
            return try body()
        } catch {
            throw .fileFailed(operation: operation, path: path, reason: String(describing: error))
        }
    }

    private static func read(_ path: String, bytesMax: Int, links: HostFileAccess.Links) throws -> FileCopy? {
        // Never blocks on a pipe that somebody put in a file's place.
        var options: FileDescriptor.OpenOptions = [.closeOnExec, .nonBlocking]
        if links == .refused { options.insert(.noFollow) }
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(path, .readOnly, options: options)
        } catch Errno.noSuchFileOrDirectory {
            return nil
        }
        return try file.closeAfter {
            var status = stat()
            guard fstat(file.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
            return FileCopy(
                bytes: try contents(of: file, bytesMax: bytesMax), mode: status.st_mode & 0o7777,
                userID: status.st_uid, groupID: status.st_gid)
        }
    }

    /// The size is not asked for: files below /proc and /sys have none.
    private static func contents(of file: FileDescriptor, bytesMax: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= bytesMax else { throw TooLong(bytesMax: bytesMax) }
        }
    }

    private static func read(_ path: String, from offset: Int, bytesMax: Int) throws -> [UInt8]? {
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking, .noFollow])
        } catch Errno.noSuchFileOrDirectory {
            return nil
        }
        return try file.closeAfter {
            var bytes = [UInt8](repeating: 0, count: bytesMax)
            let count = try bytes.withUnsafeMutableBytes {
                try file.read(fromAbsoluteOffset: Int64(offset), into: $0)
            }
            return Array(bytes[..<count])
        }
    }

    private static func list(_ path: String) throws -> [String]? {
        guard let directory = opendir(path) else {
            guard errno == ENOENT || errno == ENOTDIR else { throw Errno(rawValue: errno) }
            return nil
        }
        defer { closedir(directory) }
        var names: [String] = []
        // An error looks like the end of it, but for errno.
        errno = 0
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw Errno(rawValue: errno) }
        return names
    }

    private static func size(_ path: String) throws -> Int64? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT || errno == ENOTDIR else { throw Errno(rawValue: errno) }
            return nil
        }
        return Int64(status.st_size)
    }

    private static func freeBytes(_ path: String) throws -> Int64 {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { throw Errno(rawValue: errno) }
        let (bytes, isTooLarge) = Int64(clamping: status.f_bavail).multipliedReportingOverflow(
            by: Int64(clamping: status.f_frsize))
        return isTooLarge ? .max : bytes
    }

    private static func append(_ bytes: [UInt8], to path: String) throws {
        let file = try FileDescriptor.open(
            path, .writeOnly, options: [.create, .append, .closeOnExec, .noFollow],
            permissions: .ownerReadWrite)
        _ = try file.closeAfter { try file.writeAll(bytes) }
    }

    private static func replace(_ path: String, with copy: FileCopy) throws {
        let target = FilePath(path)
        let sibling = target.removingLastComponent().appending(
            ".\(target.lastComponent?.string ?? "").turnstile")
        // Whatever is there is the leaving of an interrupted run.
        unlink(sibling.string)
        let file = try FileDescriptor.open(
            sibling, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
            permissions: .ownerReadWrite)
        do {
            try file.closeAfter {
                try file.writeAll(copy.bytes)
                // Owner before mode: changing the owner clears set-id bits.
                guard fchown(file.rawValue, copy.userID, copy.groupID) == 0,
                    fchmod(file.rawValue, copy.mode) == 0, fsync(file.rawValue) == 0
                else { throw Errno(rawValue: errno) }
            }
            guard rename(sibling.string, path) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            unlink(sibling.string)
            throw error
        }
        try syncDirectory(target.removingLastComponent())
    }

    private static func remove(_ path: String) throws {
        guard unlink(path) == 0 else {
            guard errno != ENOENT else { return }
            throw Errno(rawValue: errno)
        }
        try syncDirectory(FilePath(path).removingLastComponent())
    }

    private static func makeDirectory(_ path: FilePath, mode: UInt32) throws {
        if mkdir(path.string, mode) == 0 {
            return try syncDirectory(path.removingLastComponent())
        }
        switch errno {
        case EEXIST: return
        case ENOENT where path.components.count > 1:
            try makeDirectory(path.removingLastComponent(), mode: 0o755)
            try makeDirectory(path, mode: mode)
        default: throw Errno(rawValue: errno)
        }
    }

    private static func syncDirectory(_ path: FilePath) throws {
        let directory = try FileDescriptor.open(path, .readOnly, options: [.directory, .closeOnExec])
        try directory.closeAfter {
            guard fsync(directory.rawValue) == 0 else { throw Errno(rawValue: errno) }
        }
    }
}
