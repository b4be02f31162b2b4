import Foundation
import RolloutModel

/// A page of the operator's that must say yes, by its status, and optionally by one field of its JSON.
package struct HTTPGate: Codable, Hashable, Sendable {
    /// The address, http or https, without characters that curl's configuration interprets. Redirects are not followed.
    package var url: String
    var status: Int
    var field: Field?
    package var deadline: Duration

    private enum CodingKeys: String, CodingKey {
        case url, status, field
        case deadline = "deadlineSeconds"
    }

    package struct Field: Codable, Hashable, Sendable {
        /// Keys of objects and indices of lists, from the outside in, with a dot between them.
        var path: String
        /// The value as `JSONValue` has it.
        var value: String

        package init(path: String, value: String) {
            self.path = path
            self.value = value
        }
    }

    package init(url: String, status: Int = 200, field: Field? = nil, deadline: Duration = .seconds(10)) {
        self.url = url
        self.status = status
        self.field = field
        self.deadline = deadline
    }

    /// The address without parts that may be secret: a query, or a name and password.
    package var shownURL: String {
        let bare = url.prefix { $0 != "?" && $0 != "#" }
        guard let at = bare.lastIndex(of: "@"), let start = bare.range(of: "://")?.upperBound, start <= at
        else {
            return String(bare)
        }
        return String(bare[..<start] + bare[bare.index(after: at)...])
    }

    /// The reason why the gate is shut; nil where it is open.
    package func objection(status found: Int, body: String) -> String? {
        guard found == status else { return "it answered \(found), not \(status)" }
        guard let field else { return nil }
        guard let document = try? JSONDecoder().decode(JSONValue.self, from: Data(body.utf8)) else {
            return "its answer is no JSON"
        }
        let value = field.path.split(separator: ".").reduce(document) { $0?[String($1)] }
        guard case .plain(let text)? = value else { return "its answer has no '\(field.path)'" }
        return text == field.value
            ? nil
            : "its '\(field.path)' is '\(ForeignText.line(text, charactersMax: 100))', not '\(field.value)'"
    }
}
