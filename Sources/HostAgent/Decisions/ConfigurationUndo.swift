import HostFiles

/// How update.conf is given back: whole where it is as we wrote it, and line by line where somebody changed it since.
enum ConfigurationUndo: Hashable, Sendable {
    /// The file is as it was found.
    case nothing
    /// The file as found; nil: there was none.
    case restore(FileCopy?)
    /// Somebody else's file by now: only our own lines are taken back. `keys` are those that were.
    case takeBack(FileCopy, keys: [UpdateConfiguration.Key])

    init(_ original: HostOriginal, now: FileCopy?) {
        if now == original.configuration {
            self = .nothing
        } else if let written = original.written, now == written {
            self = .restore(original.configuration)
        } else if let now, let written = original.written {
            self = Self.lineByLine(original.configuration, written: written, now: now)
        } else {
            // Not written by us, or gone altogether: whoever did that meant it.
            self = .nothing
        }
    }

    private static func lineByLine(_ original: FileCopy?, written: FileCopy, now: FileCopy)
        -> ConfigurationUndo
    {
        guard let before = try? UpdateConfiguration(bytes: original?.bytes ?? []),
            let ours = try? UpdateConfiguration(bytes: written.bytes),
            var file = try? UpdateConfiguration(bytes: now.bytes)
        else { return .nothing }
        var keys: [UpdateConfiguration.Key] = []
        for key in [UpdateConfiguration.Key.group, .server] where ours.line(of: key) != before.line(of: key) {
            guard file.line(of: key) == ours.line(of: key) else { continue }
            file = file.replacingLine(of: key, with: before.line(of: key))
            keys.append(key)
        }
        guard !keys.isEmpty else { return .nothing }
        var copy = now
        copy.bytes = file.bytes
        return .takeBack(copy, keys: keys)
    }
}
