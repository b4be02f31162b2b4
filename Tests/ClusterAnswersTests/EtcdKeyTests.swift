import ClusterAnswers
import HostFiles
import Testing

@Suite struct EtcdKeyTests {
    typealias Reading = (body: String, key: EtcdKey)

    // MARK: v2

    static let v2: [Reading] = [
        (
            #"{"action":"get","node":{"key":"/turnstile/lock","value":"x","modifiedIndex":8,"createdIndex":7}}"#
                + "\n",
            .value("x", revision: 8)
        ),
        (#"{"node":{"value":"","modifiedIndex":18446744073709551615}}"#, .value("", revision: .max)),
        (#"{"node":{"value":"a \"b\"\n\u00e9","modifiedIndex":1}}"#, .value("a \"b\"\n\u{e9}", revision: 1)),
        (
            #"{"errorCode":100,"message":"Key not found","cause":"/turnstile","index":12}"# + "\n", .absent
        ),
    ]

    @Test(arguments: v2.indices) func readsAKeyOfV2(index: Int) throws {
        #expect(try EtcdKey(v2: Self.v2[index].body) == Self.v2[index].key)
    }

    /// An API that is not served, a directory, an error of another kind, or a number out of range is not an absent key.
    @Test(arguments: [
        "", "404 page not found\n", "{}", "[]", "null", #"{"message":"Internal Server Error"}"#,
        #"{"errorCode":300,"message":"Raft Internal Error","cause":"etcdserver: request timed out","index":3}"#,
        #"{"errorCode":110,"message":"The request requires user authentication"}"#,
        #"{"action":"get","node":{"key":"/turnstile/lock","dir":true,"modifiedIndex":4}}"#,
        #"{"node":{"value":"x"}}"#, #"{"node":{"value":"x","modifiedIndex":-1}}"#,
        #"{"node":{"value":"x","modifiedIndex":18446744073709551616}}"#,
        #"{"node":{"value":7,"modifiedIndex":1}}"#, #"{"node":{"value":"x","modifiedIndex":8}"#,
    ])
    func anythingElseOfV2IsAnError(body: String) {
        #expect(throws: MalformedText.self) { try EtcdKey(v2: body) }
    }

    // MARK: v3

    static let v3: [Reading] = [
        (
            #"{"header":{"cluster_id":"1","member_id":"2","revision":"9","raft_term":"3"},"kvs":[{"key":"L3R1cm5zdGlsZS9sb2Nr","create_revision":"4","mod_revision":"8","version":"2","value":"eA=="}],"count":"1"}"#,
            .value("x", revision: 8)
        ),
        (#"{"header":{"revision":9},"kvs":[{"mod_revision":8,"value":"eA=="}]}"#, .value("x", revision: 8)),
        (#"{"header":{"revision":"9"},"kvs":[{"mod_revision":"8"}]}"#, .value("", revision: 8)),
        (
            #"{"header":{"revision":"9"},"kvs":[{"mod_revision":"18446744073709551615","value":"w6k="}]}"#,
            .value("\u{e9}", revision: .max)
        ),
        (#"{"header":{"revision":"9"}}"#, .absent),
        (#"{"header":{"revision":"9"},"kvs":[]}"#, .absent),
    ]

    @Test(arguments: v3.indices) func readsAKeyOfV3(index: Int) throws {
        #expect(try EtcdKey(v3: Self.v3[index].body) == Self.v3[index].key)
    }

    /// An error must not look like a range without entries, nor bytes like a text.
    @Test(arguments: [
        "", "404 page not found\n", "{}", "[]", "null", #"{"kvs":[]}"#, #"{"header":{}}"#,
        #"{"error":"etcdserver: request timed out","message":"etcdserver: request timed out","code":14}"#,
        #"{"header":{"revision":"9"},"kvs":[{"value":"eA=="}]}"#,
        #"{"header":{"revision":"9"},"kvs":[{"mod_revision":"8","value":"not base64"}]}"#,
        #"{"header":{"revision":"9"},"kvs":[{"mod_revision":"8","value":"//8="}]}"#,
        #"{"header":{"revision":"9"},"kvs":[{"mod_revision":"-8","value":"eA=="}]}"#,
        #"{"header":{"revision":"9"},"kvs":{"mod_revision":"8"}}"#,
    ])
    func anythingElseOfV3IsAnError(body: String) {
        #expect(throws: MalformedText.self) { try EtcdKey(v3: body) }
    }

    @Test func whatIsTooLongIsNotReadAtAll() {
        let long = String(repeating: "x", count: 65 << 10)
        #expect(throws: MalformedText.self) {
            try EtcdKey(v2: #"{"node":{"value":"\#(long)","modifiedIndex":8}}"#)
        }
        #expect(throws: MalformedText.self) {
            try EtcdKey(v3: #"{"header":{"revision":"9"},"kvs":[],"more":"\#(long)"}"#)
        }
    }
}

@Suite struct EtcdSwapTests {
    typealias Reading = (body: String, swap: EtcdSwap)

    static let v2: [Reading] = [
        (
            #"{"action":"compareAndSwap","node":{"key":"/k","value":"y","modifiedIndex":9},"prevNode":{"key":"/k","value":"x","modifiedIndex":8}}"#,
            .written(revision: 9)
        ),
        (
            #"{"action":"create","node":{"key":"/k","value":"y","modifiedIndex":5,"createdIndex":5}}"#,
            .written(revision: 5)
        ),
        (
            #"{"errorCode":101,"message":"Compare failed","cause":"[8 != 9]","index":9}"# + "\n", .notWritten
        ),
        (#"{"errorCode":105,"message":"Key already exists","cause":"/k","index":9}"#, .notWritten),
        (#"{"errorCode":100,"message":"Key not found","cause":"/k","index":9}"#, .notWritten),
    ]

    @Test(arguments: v2.indices) func readsASwapOfV2(index: Int) throws {
        #expect(try EtcdSwap(v2: Self.v2[index].body) == Self.v2[index].swap)
    }

    /// An error that is not known to be a refusal may have been written.
    @Test(arguments: [
        "", "404 page not found\n", "{}", "[]", #"{"message":"Internal Server Error"}"#,
        #"{"errorCode":300,"message":"Raft Internal Error","index":3}"#,
        #"{"errorCode":102,"message":"Not a file"}"#,
        #"{"node":{"value":"y"}}"#, #"{"node":{"modifiedIndex":"9"}}"#,
    ])
    func anythingElseOfV2IsAnError(body: String) {
        #expect(throws: MalformedText.self) { try EtcdSwap(v2: body) }
    }

    static let v3: [Reading] = [
        (
            #"{"header":{"cluster_id":"1","revision":"9","raft_term":"2"},"succeeded":true,"responses":[{"response_put":{"header":{"revision":"9"}}}]}"#,
            .written(revision: 9)
        ),
        (#"{"header":{"revision":9},"succeeded":true}"#, .written(revision: 9)),
        (#"{"header":{"revision":"9"}}"#, .notWritten),
        (#"{"header":{"revision":"9"},"succeeded":false}"#, .notWritten),
    ]

    @Test(arguments: v3.indices) func readsASwapOfV3(index: Int) throws {
        #expect(try EtcdSwap(v3: Self.v3[index].body) == Self.v3[index].swap)
    }

    @Test(arguments: [
        "", "404 page not found\n", "{}", "[]", #"{"succeeded":true}"#, #"{"header":{},"succeeded":true}"#,
        #"{"error":"etcdserver: request timed out","code":14}"#,
        #"{"header":{"revision":"9"},"succeeded":"yes"}"#,
    ])
    func anythingElseOfV3IsAnError(body: String) {
        #expect(throws: MalformedText.self) { try EtcdSwap(v3: body) }
    }

    @Test func whatIsTooLongIsNotReadAtAll() {
        let long = String(repeating: "x", count: 65 << 10)
        #expect(throws: MalformedText.self) {
            try EtcdSwap(v2: #"{"node":{"modifiedIndex":8,"value":"\#(long)"}}"#)
        }
        #expect(throws: MalformedText.self) {
            try EtcdSwap(v3: #"{"header":{"revision":"9"},"more":"\#(long)"}"#)
        }
    }
}
