import ClusterAnswers
import Testing

@testable import Coordinator

@Suite struct EtcdLockRequestsTests {
    let requests = EtcdLockRequests(url: "http://127.0.0.1:2379")
    typealias Answer = HostHTTP.Answer

    static let notFound = Answer(status: 404, body: "404 page not found\n")
    static let noAnswer = Answer(status: nil, body: "")
    static let v3Key = Answer(
        status: 200, body: #"{"header":{"revision":"9"},"kvs":[{"mod_revision":"8","value":"eA=="}]}"#)
    static let v3Nothing = Answer(status: 200, body: #"{"header":{"revision":"9"}}"#)
    static let tooLate = Answer(
        status: 503, body: #"{"error":"etcdserver: request timed out","code":14}"#)

    // MARK: What is asked

    @Test func readsBothStoresWithAQuorum() {
        let urls = requests.reading.map(\.url)
        #expect(
            urls == [
                "http://127.0.0.1:2379/version", "http://127.0.0.1:2379/v2/keys/turnstile/lock?quorum=true",
                "http://127.0.0.1:2379/v3/kv/range", "http://127.0.0.1:2379/v3beta/kv/range",
                "http://127.0.0.1:2379/v3alpha/kv/range",
            ])
        // `serializable` would be a member's own word, which may be old.
        #expect(
            requests.reading[2]
                == .post(
                    url: "http://127.0.0.1:2379/v3/kv/range", json: #"{"key":"L3R1cm5zdGlsZS9sb2Nr"}"#))
    }

    @Test func swapsOfV2NameTheIndexOrThatThereIsNone() {
        let url = "http://127.0.0.1:2379/v2/keys/turnstile/lock"
        #expect(
            requests.swapV2("a&b", over: 8)
                == .put(
                    url: url,
                    form: [.init(name: "value", value: "a&b"), .init(name: "prevIndex", value: "8")]))
        #expect(
            requests.swapV2("x", over: nil)
                == .put(
                    url: url,
                    form: [.init(name: "value", value: "x"), .init(name: "prevExist", value: "false")]))
    }

    @Test(arguments: [(8, "8"), (nil, "0"), (UInt64.max, "18446744073709551615")] as [(UInt64?, String)])
    func swapsOfV3NameTheRevision(revision: UInt64?, named: String) {
        let json =
            #"{"compare":[{"target":"MOD","result":"EQUAL","key":"L3R1cm5zdGlsZS9sb2Nr","mod_revision":"\#(named)"}],"#
            + #""success":[{"request_put":{"key":"L3R1cm5zdGlsZS9sb2Nr","value":"eA=="}}],"failure":[]}"#
        #expect(
            requests.swapV3("x", over: revision, prefix: "/v3beta")
                == .post(url: "http://127.0.0.1:2379/v3beta/kv/txn", json: json))
    }

    // MARK: What is seen

    static let v2Sights: [(Answer, EtcdLockRequests.Sight?)] = [
        (
            Answer(status: 200, body: #"{"node":{"value":"x","modifiedIndex":8}}"#),
            .seen(.value("x", revision: 8), prefix: "")
        ),
        (
            Answer(status: 404, body: #"{"errorCode":100,"message":"Key not found"}"#),
            .seen(.absent, prefix: "")
        ),
        (notFound, .notServed),
        (noAnswer, .unknown(why: "no answer")),
        (Answer(status: 200, body: ""), nil), (Answer(status: 200, body: "<html>"), nil),
        (Answer(status: 500, body: #"{"errorCode":300,"message":"Raft Internal Error"}"#), nil),
        (Answer(status: 401, body: #"{"errorCode":110,"message":"no"}"#), nil),
        (Answer(status: 200, body: #"{"node":{"dir":true,"modifiedIndex":8}}"#), nil),
    ]

    /// nil: unknown, with the answer in why.
    @Test(arguments: v2Sights.indices) func seesTheKeyOfV2OrSaysWhyNot(index: Int) {
        let (answer, sight) = Self.v2Sights[index]
        expect(EtcdLockRequests.v2(answer), is: sight, naming: answer)
    }

    static let v3Sights: [([Answer], EtcdLockRequests.Sight?)] = [
        ([v3Key, notFound, notFound], .seen(.value("x", revision: 8), prefix: "/v3")),
        ([v3Key, v3Nothing, notFound], .seen(.value("x", revision: 8), prefix: "/v3")),
        ([notFound, v3Key, notFound], .seen(.value("x", revision: 8), prefix: "/v3beta")),
        ([notFound, notFound, v3Nothing], .seen(.absent, prefix: "/v3alpha")),
        ([notFound, notFound, notFound], .notServed),
        ([noAnswer, v3Key, v3Key], .unknown(why: "no answer")),
        ([notFound, noAnswer, v3Key], .unknown(why: "no answer")),
        ([tooLate, notFound, notFound], nil),
        (
            [Answer(status: 401, body: #"{"error":"etcdserver: user name is empty"}"#), notFound, notFound],
            nil
        ),
        ([Answer(status: 200, body: "{}"), notFound, notFound], nil),
        // No key, but an error all the same: it is not taken for an empty list.
        ([Answer(status: 500, body: v3Nothing.body), notFound, notFound], nil),
    ]

    @Test(arguments: v3Sights.indices) func seesTheKeyOfV3UnderAnyPrefix(index: Int) {
        let (answers, sight) = Self.v3Sights[index]
        expect(EtcdLockRequests.v3(answers), is: sight, naming: answers[0])
    }

    private func expect(
        _ seen: EtcdLockRequests.Sight, is sight: EtcdLockRequests.Sight?, naming answer: Answer
    ) {
        if let sight { return #expect(seen == sight) }
        guard case .unknown(let why) = seen else {
            Issue.record("\(seen)")
            return
        }
        #expect(why.hasPrefix("it answered \(answer.status ?? 0), "))
    }

    // MARK: What a swap came to

    typealias Case = (answer: Answer, keyspace: EtcdKeyspace, outcome: Kind)
    enum Kind: Hashable { case swapped(EtcdSwap), refused, unknown }

    static let outcomes: [Case] = [
        (
            Answer(status: 200, body: #"{"node":{"value":"y","modifiedIndex":9}}"#), .v2,
            .swapped(.written(revision: 9))
        ),
        (
            Answer(status: 201, body: #"{"node":{"value":"y","modifiedIndex":9}}"#), .v2,
            .swapped(.written(revision: 9))
        ),
        (
            Answer(status: 412, body: #"{"errorCode":101,"message":"Compare failed"}"#), .v2,
            .swapped(.notWritten)
        ),
        (
            Answer(status: 412, body: #"{"errorCode":105,"message":"Key already exists"}"#), .v2,
            .swapped(.notWritten)
        ),
        (
            Answer(status: 404, body: #"{"errorCode":100,"message":"Key not found"}"#), .v2,
            .swapped(.notWritten)
        ),
        (notFound, .v2, .refused),
        (Answer(status: 401, body: #"{"errorCode":110}"#), .v2, .refused),
        (Answer(status: 403, body: #"{"errorCode":110}"#), .v2, .refused),
        (Answer(status: 413, body: ""), .v2, .refused),
        (Answer(status: 500, body: #"{"errorCode":300,"message":"Raft Internal Error"}"#), .v2, .unknown),
        (Answer(status: 408, body: ""), .v2, .unknown),
        (Answer(status: 200, body: "<html>"), .v2, .unknown),
        (noAnswer, .v2, .unknown),
        (
            Answer(status: 200, body: #"{"header":{"revision":"9"},"succeeded":true}"#), .v3,
            .swapped(.written(revision: 9))
        ),
        (Answer(status: 200, body: #"{"header":{"revision":"9"}}"#), .v3, .swapped(.notWritten)),
        // An answer that would be one is none under another status.
        (Answer(status: 500, body: #"{"header":{"revision":"9"}}"#), .v3, .unknown),
        (notFound, .v3, .refused),
        (Answer(status: 400, body: #"{"error":"invalid character"}"#), .v3, .refused),
        (Answer(status: 429, body: ""), .v3, .refused),
        (tooLate, .v3, .unknown),
        (Answer(status: 408, body: #"{"error":"context deadline exceeded"}"#), .v3, .unknown),
        (Answer(status: 200, body: ""), .v3, .unknown),
        (noAnswer, .v3, .unknown),
    ]

    @Test(arguments: outcomes.indices) func aSwapWasDoneOrNotOrNobodyKnows(index: Int) {
        let (answer, keyspace, expected) = Self.outcomes[index]
        let kind: Kind =
            switch EtcdLockRequests.outcome(answer, in: keyspace) {
            case .swapped(let swap): .swapped(swap)
            case .refused: .refused
            case .unknown: .unknown
            }
        #expect(kind == expected, "\(answer)")
    }

    @Test func aLongAnswerIsQuotedInPart() {
        let answer = Answer(status: 500, body: String(repeating: "x", count: 10_000) + "\u{1b}")
        guard case .unknown(let why) = EtcdLockRequests.outcome(answer, in: .v3) else {
            Issue.record("it is known")
            return
        }
        #expect(why.utf8.count < 200)
    }
}
