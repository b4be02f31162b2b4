public import HostFiles

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The two headers in which a Deis controller names itself with every answer.
public struct ControllerHeaders: Hashable, Sendable {
    /// The version of the platform: `1.13.4`.
    public var platform: String
    /// The version of the API: `1.7`.
    public var api: String

    /// - Parameter headers: their values, by their names in small letters.
    public init?(_ headers: [String: String]) {
        guard let platform = headers["deis_platform_version"] ?? headers["x-deis-platform-version"],
            let api = headers["deis_api_version"] ?? headers["x-deis-api-version"],
            [platform, api].allSatisfy({ PlainName.isPlain($0) })
        else { return nil }
        self.platform = platform
        self.api = api
    }
}

/// A page of a list that a Deis controller gives.
public struct ControllerPage<Item: Decodable & Sendable>: Sendable {
    /// The number of items on all pages together.
    public var count: Int
    public var items: [Item]
    /// True if another page follows.
    public var hasNext: Bool

    /// - Throws: `MalformedText` for anything that is no page.
    public init(_ body: some StringProtocol) throws(MalformedText) {
        let page = try JSONText.decode(Page.self, from: body, as: .controllerAnswer)
        guard page.count >= 0 else {
            throw .unexpected(.controllerAnswer, found: "\(page.count)", expected: "a count")
        }
        count = page.count
        items = page.results
        hasNext = page.next != nil
    }

    private struct Page: Decodable {
        var count: Int
        var next: String?
        var results: [Item]
    }
}

/// The records of a Deis controller's lists, as far as they are used (deis/deis,
/// docs/reference/api-v1.7.rst).
public enum ControllerRecord {
    public struct Application: Decodable, Hashable, Sendable {
        public var id: String
        public var owner: String
        public var url: String?
        /// The number of processes of each type: `{"web": 2}`.
        public var structure: [String: Int]?
    }

    public struct Release: Decodable, Hashable, Sendable {
        public var version: Int
        /// The release's build; nil for the first release, which has nothing to run.
        public var build: String?
    }

    public struct Container: Decodable, Hashable, Sendable {
        public var type: String
        public var num: Int
        public var state: String
        public var release: String?
    }

    public struct Domain: Decodable, Hashable, Sendable {
        public var domain: String
    }

    public struct Build: Decodable, Hashable, Sendable {
        public var uuid: String
        public var image: String
        public var procfile: [String: String]?
    }

    public struct User: Decodable, Hashable, Sendable {
        public var username: String
        public var isSuperuser: Bool?

        enum CodingKeys: String, CodingKey {
            case username
            case isSuperuser = "is_superuser"
        }
    }

    public struct Key: Decodable, Hashable, Sendable {
        public var id: String
        public var owner: String
        public var `public`: String
    }

    public struct Certificate: Decodable, Hashable, Sendable {
        public var commonName: String

        enum CodingKeys: String, CodingKey {
            case commonName = "common_name"
        }
    }
}

/// The users that an application is shared with.
public struct ControllerPermissions: Hashable, Sendable {
    public var users: [String]

    public init(_ body: some StringProtocol) throws(MalformedText) {
        users = try JSONText.decode(Value.self, from: body, as: .controllerAnswer).users
    }

    private struct Value: Decodable { var users: [String] }
}

/// An application's settings, with every value as a text.
public struct ControllerConfiguration: Hashable, Sendable {
    public var values: [String: String]
    public var memory: [String: String]
    public var cpu: [String: String]
    public var tags: [String: String]

    public init(_ body: some StringProtocol) throws(MalformedText) {
        let value = try JSONText.decode(Value.self, from: body, as: .controllerAnswer)
        values = (value.values ?? [:]).mapValues(\.text)
        memory = (value.memory ?? [:]).mapValues(\.text)
        cpu = (value.cpu ?? [:]).mapValues(\.text)
        tags = (value.tags ?? [:]).mapValues(\.text)
    }

    private struct Value: Decodable {
        var values: [String: Scalar]?
        var memory: [String: Scalar]?
        var cpu: [String: Scalar]?
        var tags: [String: Scalar]?
    }

    private struct Scalar: Decodable {
        var text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self.text = text
            } else if let truth = try? container.decode(Bool.self) {
                text = truth ? "True" : "False"
            } else if let whole = try? container.decode(Int64.self) {
                text = "\(whole)"
            } else {
                text = "\(try container.decode(Double.self))"
            }
        }
    }
}
