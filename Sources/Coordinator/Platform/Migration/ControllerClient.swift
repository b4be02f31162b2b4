import ClusterAnswers
import HostFiles
import RolloutModel

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A controller's REST API, asked with one user's token. No answer's own addresses are followed: the token goes
/// to the controller that was named, and nowhere else.
public struct ControllerClient: Sendable {
    public let side: MigrationSide
    let url: String
    let token: SecretToken
    let client: WebClient

    /// - Parameter url: the controller's address, without a slash at its end.
    public init(side: MigrationSide, url: String, token: SecretToken, client: WebClient) {
        self.side = side
        self.url = url
        self.token = token
        self.client = client
    }

    static let lookDeadline = Duration.seconds(30)

    func request(
        _ method: WebRequest.Method = .get, _ path: String, json: String? = nil,
        deadline: Duration = lookDeadline
    ) -> WebRequest {
        WebRequest(method, url: "\(url)/v1/\(path)", token: token, json: json, deadline: deadline)
    }

    /// Asks several things at once.
    ///
    /// - Returns: the answers, one for each path, in their order.
    func get(_ paths: [String]) async throws(MigrationHold) -> [WebAnswer] {
        let answers: [WebAnswer]
        do throws(WebFault) {
            answers = try await client.send(paths.map { request(.get, $0) })
        } catch {
            throw .controllerSilent(side, why: error.why)
        }
        guard answers.count == paths.count else {
            throw .controllerSilent(side, why: "\(answers.count) answers to \(paths.count) questions")
        }
        for answer in answers { try judge(answer) }
        return answers
    }

    /// - Throws: `MigrationHold` where the answer is none of a controller that turnstile knows, for this token.
    private func judge(_ answer: WebAnswer) throws(MigrationHold) {
        guard let status = answer.status else {
            throw .controllerSilent(side, why: answer.complaint ?? "nothing answers")
        }
        guard let headers = ControllerHeaders(answer.headers) else {
            throw .controllerSilent(
                side, why: "it answered \(status), and no controller tells so little of itself")
        }
        guard ControllerRoll.knownAPIs.contains(headers.api) else {
            throw .controllerAPIUnknown(side, api: headers.api)
        }
        guard status != 401 else { throw .tokenRefused(side) }
    }

    // MARK: Pages

    private static let pageSize = 100
    /// The most pages that a list may have.
    private static let pagesMax = 1000
    /// The times that a list is read before its changes hold.
    private static let readingsMax = 3

    /// The items of a whole list. A list that changes while it is read is read again.
    ///
    /// - Parameters:
    ///   - path: what follows `/v1/`, without a question mark.
    ///   - id: tells one item from another.
    func all<Item: Decodable & Sendable>(
        _ type: Item.Type, _ path: String, id: (Item) -> String
    ) async throws(MigrationHold) -> [Item] {
        for _ in 0..<Self.readingsMax {
            let (items, count) = try await pages(type, path)
            if items.count == count, Set(items.map(id)).count == count { return items }
        }
        throw .listUnsteady(side)
    }

    private func pages<Item: Decodable & Sendable>(
        _ type: Item.Type, _ path: String
    ) async throws(MigrationHold) -> ([Item], count: Int) {
        var items: [Item] = []
        for number in 1...Self.pagesMax {
            let answer = try await get(["\(path)?page_size=\(Self.pageSize)&page=\(number)"])[0]
            let page: ControllerPage<Item> = try self.page(answer, path)
            items += page.items
            if !page.hasNext || page.items.isEmpty { return (items, page.count) }
        }
        throw .listUnreadable(side, why: "'\(path)' has more than \(Self.pagesMax) pages")
    }

    private func page<Item: Decodable & Sendable>(
        _ answer: WebAnswer, _ path: String
    ) throws(MigrationHold) -> ControllerPage<Item> {
        guard answer.status != 403 else { throw .tokenNotAdmin(side) }
        guard answer.status == 200 else {
            throw .listUnreadable(side, why: "'\(path)' answered \(answer.refusal)")
        }
        do throws(MalformedText) {
            return try ControllerPage<Item>(answer.bodyText)
        } catch {
            throw .listUnreadable(side, why: "'\(path)': \(error)")
        }
    }

    // MARK: Acts

    /// The outcome of a request that changes something.
    func change(
        _ method: WebRequest.Method, _ path: String, _ body: (some Encodable)?, patience: Duration
    ) async -> MigrationEvent.Answer {
        let json: String?
        do {
            json = try body.map { try Self.json($0) }
        } catch {
            return .refused(status: 0, said: "what is to be sent is no JSON")
        }
        let sent: [WebAnswer]
        do throws(WebFault) {
            sent = try await client.send([request(method, path, json: json, deadline: patience)])
        } catch {
            return .unheard(why: error.why)
        }
        guard let answer = sent.first, let status = answer.status else {
            return .unheard(why: sent.first?.complaint ?? "nothing answers")
        }
        // A router's 502 to 504 says that the controller has not answered yet.
        if (502...504).contains(status), ControllerHeaders(answer.headers) == nil {
            return .unheard(why: "a router answered \(status)")
        }
        return (200..<300).contains(status)
            ? .done : .refused(status: status, said: ControllerRefusal(answer.bodyText).words)
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

extension WebAnswer {
    /// The status, with the controller's words for it.
    var refusal: String {
        "\(status.map(String.init) ?? "nothing"): \(ControllerRefusal(bodyText).words)"
    }
}
