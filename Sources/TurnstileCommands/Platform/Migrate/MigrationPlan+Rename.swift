import ArgumentParser
import RolloutModel

extension MigrationPlan.Rename {
    /// The value of `--rename`: `OLD=NEW`.
    ///
    /// - Throws: `ValidationError`, which says what would be valid.
    static func read(_ text: String) throws -> MigrationPlan.Rename {
        let parts = text.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw ValidationError("write OLD=NEW, with one '=' between the id there and the id here")
        }
        let new = try id(parts[1], "new")
        guard !new.isReserved else {
            throw ValidationError("Deis gives the id '\(new)' to no application: its own components have it")
        }
        return MigrationPlan.Rename(old: try id(parts[0], "old"), new: new)
    }

    private static func id(_ text: Substring, _ which: String) throws -> ApplicationID {
        guard let id = ApplicationID(text) else {
            let said = text.isEmpty ? "it is empty" : "'\(ForeignText.line(text, charactersMax: 80))' is none"
            throw ValidationError(
                "the \(which) id has 1 to 64 small letters, digits and dashes, such as shop-2: \(said)")
        }
        return id
    }
}

extension [MigrationPlan.Rename] {
    /// The reason why these cannot stand beside one another; nil where they can.
    var fault: String? {
        for (index, one) in enumerated() {
            for other in self[..<index] where other != one {
                if other.old == one.old {
                    return "--rename: '\(one.old)' would get two ids, '\(other.new)' and '\(one.new)'"
                }
                if other.new == one.new {
                    return "--rename: '\(other.old)' and '\(one.old)' would both get the id '\(one.new)'"
                }
            }
        }
        return nil
    }
}
