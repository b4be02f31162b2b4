import ClusterAnswers
import HostFiles
import Testing

@Suite struct LocksmithSemaphoresTests {
    static let root = "/coreos.com/updateengine/rebootlock"

    static func node(_ name: String, _ value: String, _ index: Int = 7) -> String {
        let text = value.replacing(#"\"#, with: #"\\"#).replacing("\"", with: "\\\"")
        return
            #"{"key":"\#(root)/\#(name)","value":"\#(text)","modifiedIndex":\#(index),"createdIndex":4}"#
    }

    static func directory(_ name: String, _ nodes: [String]) -> String {
        #"{"key":"\#(root)\#(name)","dir":true,"nodes":[\#(nodes.joined(separator: ","))],"modifiedIndex":4,"createdIndex":4}"#
    }

    static func answer(_ nodes: String...) -> String { #"{"action":"get","node":\#(directory("", nodes))}"# }

    @Test func readsTheSemaphoreAndThoseOfGroups() throws {
        let text = Self.answer(
            Self.node("semaphore", #"{"semaphore":1,"max":1,"holders":null}"#),
            Self.directory(
                "/groups",
                [
                    Self.directory(
                        "/groups/web+servers",
                        [
                            Self.node(
                                "groups/web+servers/semaphore", #"{"semaphore":1,"max":2,"holders":["a"]}"#, 9
                            )
                        ]
                    ), Self.directory("/groups/empty", []),
                ]))
        #expect(
            try LocksmithSemaphores(text).entries == [
                .init(status: LocksmithStatus(available: 1, max: 1, holders: []), revision: 7),
                .init(
                    group: "web+servers", status: LocksmithStatus(available: 1, max: 2, holders: ["a"]),
                    revision: 9),
            ])
    }

    @Test func noneIsNoneWhereEtcdSaysSo() throws {
        let text = #"{"errorCode":100,"message":"Key not found","cause":"/coreos.com","index":3}"#
        #expect(try LocksmithSemaphores(text).entries.isEmpty)
    }

    /// `locksmithctl set-max 0`, without a holder and with one.
    @Test(arguments: [
        (#"{"semaphore":0,"max":0,"holders":[]}"#, 0, 0), (#"{"semaphore":0,"max":0,"holders":null}"#, 0, 0),
        (#"{"semaphore":-1,"max":0,"holders":["a"]}"#, -1, 0),
        (#"{"semaphore":-2,"max":-2,"holders":[]}"#, -2, -2),
    ])
    func noSlotAtAllIsAWordToo(json: String, available: Int, max: Int) throws {
        let status = try #require(
            try LocksmithSemaphores(Self.answer(Self.node("semaphore", json))).entries.first?.status)
        #expect(status.available == available && status.max == max)
    }

    /// A text that locksmith never wrote is refused.
    @Test(arguments: [
        "", "404 page not found\n", "{}", "[]", #"{"errorCode":300,"message":"Raft Internal Error"}"#,
        #"{"action":"get","node":{"key":"/coreos.com","value":"x","modifiedIndex":1}}"#,
        answer(node("semaphore", "")), answer(node("semaphore", "{}")),
        answer(node("semaphore", #"{"semaphore":0,"max":1,"holders":null}"#)),
        answer(node("semaphore", #"{"semaphore":1,"max":1,"holders":["a"]}"#)),
        answer(node("semaphore", #"{"semaphore":0,"max":2,"holders":["a","a"]}"#)),
        answer(node("semaphore", #"{"semaphore":1,"max":0,"holders":[]}"#)),
        answer(
            node("semaphore", #"{"semaphore":-9223372036854775808,"max":-9223372036854775808,"holders":[]}"#)),
        answer(node("semaphore", #"{"semaphore":1000000,"max":1000000,"holders":[]}"#)),
        answer(node("semaphore", #"{"semaphore":0,"max":1,"holders":[""]}"#)),
        answer(node("semaphore", #"{"semaphore":0,"max":1,"holders":["a\u001b[2J"]}"#)),
        answer(node("semaphore", #"{"semaphore":0,"max":1,"holders":[7]}"#)),
    ])
    func anythingElseIsRefused(text: String) {
        #expect(throws: MalformedText.self) { try LocksmithSemaphores(text) }
    }

    /// The text, byte for byte as locksmith 0.6.2 wrote it, with the order of ids and Go's way to quote them.
    @Test(arguments: [
        (LocksmithStatus(available: 1, max: 1, holders: []), #"{"semaphore":1,"max":1,"holders":[]}"#),
        (
            LocksmithStatus(
                available: 0, max: 2,
                holders: ["65efe7b72c1649ca05e53f6d088d669a", "01d6eeef5996d7c4c6f929405221d47f"]),
            #"{"semaphore":0,"max":2,"holders":["01d6eeef5996d7c4c6f929405221d47f","65efe7b72c1649ca05e53f6d088d669a"]}"#
        ),
        (
            LocksmithStatus(available: -1, max: 1, holders: ["a\"b\\c", "<&>\t\u{2028}é"]),
            #"{"semaphore":-1,"max":1,"holders":["\u003c\u0026\u003e\t\u2028é","a\"b\\c"]}"#
        ),
    ])
    func writesWhatLocksmithWould(status: LocksmithStatus, json: String) throws {
        #expect(status.json == json)
        let read = try LocksmithStatus(json: json)
        #expect(read.available == status.available && Set(read.holders) == Set(status.holders))
    }
}
