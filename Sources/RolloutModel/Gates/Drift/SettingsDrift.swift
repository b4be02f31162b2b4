/// A file in which a host differs from what it is compared with.
public struct SettingsDrift: Codable, Hashable, Sendable, CustomStringConvertible {
    public var path: String
    public var how: How

    public init(path: String, how: How) {
        self.path = path
        self.how = how
    }

    public enum How: String, Codable, Hashable, Sendable {
        case differs, missing, added
    }

    /// The settings that a host is compared with.
    public enum Against: Codable, Hashable, Sendable {
        case hosts([HostID])
        /// The host itself, as it was then.
        case plan
    }

    public var description: String {
        switch how {
        case .differs: "\(path) differs"
        case .missing: "\(path) is missing"
        case .added: "\(path) is there besides"
        }
    }

    /// - Parameters:
    ///   - own: a file's digest; nil where the host has none.
    ///   - other: that of what it is compared with.
    init?(_ path: String, own: String?, other: String?) {
        switch (own, other) {
        case (nil, nil): return nil
        case (nil, _?): self.init(path: path, how: .missing)
        case (_?, nil): self.init(path: path, how: .added)
        case (let own?, let other?):
            guard own != other else { return nil }
            self.init(path: path, how: .differs)
        }
    }
}

extension HostFacts.Settings {
    /// Sorted by path.
    func drift(from before: HostFacts.Settings) -> [SettingsDrift] {
        let (own, other) = (files, before.files)
        return Set(own.keys).union(other.keys).sorted().compactMap {
            SettingsDrift($0, own: own[$0], other: other[$0])
        }
    }
}

extension [SettingsDrift] {
    /// The first of them, and how many more there are.
    var listed: String {
        let shown = prefix(5).map(\.description).joined(separator: ", ")
        return count > 5 ? "\(shown), and \(count - 5) more" : shown
    }
}
