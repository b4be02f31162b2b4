import Foundation
import Glibc
import RolloutModel
import SystemPackage

/// A journal, or a directory of journals, that the system shuts to this user.
public struct ForbiddenPlace: Hashable, Sendable, CustomStringConvertible {
    public var path: String
    public var act: Act
    /// nil where nobody tells it.
    public var owner: Owner?

    /// The act that is forbidden.
    public enum Act: Hashable, Sendable {
        case read, write
        /// The names in a directory of journals are read.
        case list
        /// A journal, or a directory of journals, is made.
        case make
    }

    /// The owner of the file, or of the directory that shuts it.
    public struct Owner: Hashable, Sendable {
        /// The account's name, or `user 1000`.
        public var name: String
        /// True if this process runs as that user.
        public var isOurs: Bool

        public init(name: String, isOurs: Bool) {
            self.name = name
            self.isOurs = isOurs
        }
    }

    public init(path: String, act: Act, owner: Owner?) {
        self.path = path
        self.act = act
        self.owner = owner
    }

    /// - Parameter error: of a call about the path; nil where it is not about rights.
    init?(_ path: String, _ act: Act, after error: any Error) {
        let isForbidden =
            switch error {
            case let failure as Errno: failure == .permissionDenied || failure == .notPermitted
            case let failure as CocoaError:
                failure.code == .fileWriteNoPermission || failure.code == .fileReadNoPermission
            default: false
            }
        guard isForbidden else { return nil }
        self.init(path: path, act: act, owner: Owner(nearest: path))
    }

    public var description: String { "permission denied: \(words)" }

    private var words: String {
        switch act {
        case .read: "\(journal("read")). \(wayToJournal)"
        case .write: "\(journal("write")). Nothing more was done. \(wayToJournal)"
        case .list:
            "\(place("the journals in '\(path)' cannot be listed")). Run this as the user whose rollouts they are, or "
                + Self.anotherDirectory
        case .make:
            "\(place("'\(path)' cannot be made")). Give yourself the right to write there, or "
                + Self.anotherDirectory
        }
    }

    private func journal(_ verb: String) -> String {
        guard let owner else { return "you may not \(verb) '\(path)'" }
        return owner.isOurs
            ? "'\(path)' is yours, and its mode lets nobody \(verb) it"
            : "'\(path)' belongs to user '\(owner.name)', and you may not \(verb) it"
    }

    private var wayToJournal: String {
        owner?.isOurs == true
            ? "Give yourself the right: chmod u+rw \(ShellWord(path))"
            : "Run this as the user who began it"
    }

    private func place(_ fault: String) -> String {
        guard let owner, !owner.isOurs else { return fault }
        return "\(fault): the directory belongs to user '\(owner.name)'"
    }

    private static let anotherDirectory =
        "name another directory: --journal, or 'journal' in turnstile.yaml"
}

extension ForbiddenPlace.Owner {
    /// The owner of a file; or, where the file cannot be looked at or is not there, of the nearest directory above it that can.
    init?(nearest path: String) {
        var place = FilePath(path)
        while !place.isEmpty {
            if let facts = try? FileManager.default.attributesOfItem(atPath: place.string),
                let number = (facts[.ownerAccountID] as? NSNumber)?.uint32Value
            {
                let name = (facts[.ownerAccountName] as? String).map { ForeignText.line($0) }
                self.init(name: name ?? "user \(number)", isOurs: number == geteuid())
                return
            }
            guard place.removeLastComponent() else { return nil }
        }
        return nil
    }
}
