/// The files of the host.
public struct HostFileAccess: Sendable {
    /// The whole file; nil where there is none.
    ///
    /// - Throws: `HostFault` for anything else, a file longer than `bytesMax` among it.
    public var read:
        @Sendable (_ path: String, _ bytesMax: Int, _ links: Links) throws(HostFault) -> FileCopy?
    /// Puts a file in place of whatever is at `path`, durably: at any instant there is the old one or the new one.
    public var replace: @Sendable (_ path: String, FileCopy) throws(HostFault) -> Void
    /// Removes the file, durably; content where it is gone already.
    public var remove: @Sendable (_ path: String) throws(HostFault) -> Void
    /// Makes the directory and those above it; content where it exists.
    public var makeDirectory: @Sendable (_ path: String, _ mode: UInt32) throws(HostFault) -> Void
    /// Removes the directory where nothing is in it; content where something is, or it is gone.
    public var removeEmptyDirectory: @Sendable (_ path: String) -> Void
    /// Adds to the end of a file, which is made (0600) where it is missing. Not durable.
    public var append: @Sendable (_ path: String, [UInt8]) throws(HostFault) -> Void
    /// The bytes of the file from `offset` on, `bytesMax` at most; nil where there is no file.
    public var readOn:
        @Sendable (_ path: String, _ offset: Int, _ bytesMax: Int) throws(HostFault) -> [UInt8]?
    /// The path that a symbolic link stands for; the path itself where nothing is there.
    public var resolve: @Sendable (_ path: String) -> String
    /// The names in a directory, in no order; nil where there is none.
    public var list: @Sendable (_ path: String) throws(HostFault) -> [String]?
    /// How long the file is, unread; nil where there is none.
    public var size: @Sendable (_ path: String) throws(HostFault) -> Int64?
    /// The bytes free on the file system of a path for users other than root: what root may use beyond that is no
    /// room to count on.
    public var freeBytes: @Sendable (_ path: String) throws(HostFault) -> Int64
    /// Watches a directory from now on; nil where the kernel tells of no changes there.
    public var watch: @Sendable (_ directory: String) -> DirectoryWatch?

    public enum Links: Hashable, Sendable {
        case followed
        /// A link as the last component is an error: in somebody else's tree it would lead back into ours.
        case refused
    }

    public init(
        read:
            @escaping @Sendable (_ path: String, _ bytesMax: Int, _ links: Links) throws(HostFault)
            -> FileCopy?,
        replace: @escaping @Sendable (_ path: String, FileCopy) throws(HostFault) -> Void,
        remove: @escaping @Sendable (_ path: String) throws(HostFault) -> Void,
        makeDirectory: @escaping @Sendable (_ path: String, _ mode: UInt32) throws(HostFault) -> Void,
        removeEmptyDirectory: @escaping @Sendable (_ path: String) -> Void,
        append: @escaping @Sendable (_ path: String, [UInt8]) throws(HostFault) -> Void,
        readOn:
            @escaping @Sendable (_ path: String, _ offset: Int, _ bytesMax: Int) throws(HostFault) ->
            [UInt8]?,
        resolve: @escaping @Sendable (_ path: String) -> String,
        list: @escaping @Sendable (_ path: String) throws(HostFault) -> [String]?,
        size: @escaping @Sendable (_ path: String) throws(HostFault) -> Int64?,
        freeBytes: @escaping @Sendable (_ path: String) throws(HostFault) -> Int64,
        watch: @escaping @Sendable (_ directory: String) -> DirectoryWatch?
    ) {
        self.read = read
        self.replace = replace
        self.remove = remove
        self.makeDirectory = makeDirectory
        self.removeEmptyDirectory = removeEmptyDirectory
        self.append = append
        self.readOn = readOn
        self.resolve = resolve
        self.list = list
        self.size = size
        self.freeBytes = freeBytes
        self.watch = watch
    }

    /// Small files of the host are never longer.
    static let smallBytesMax = 64 << 10

    /// A small file as text; nil where there is none.
    func text(_ path: String, links: Links = .followed) throws(HostFault) -> String? {
        try read(path, Self.smallBytesMax, links).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    func exists(_ path: String) throws(HostFault) -> Bool {
        try read(path, Self.smallBytesMax, .followed) != nil
    }
}
