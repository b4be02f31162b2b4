import Foundation
import RolloutModel
import Rollouts
import Synchronization
import Testing

@testable import Coordinator

@Suite struct EtcdSemaphoreStoreTests {
    static let modern = #"{"etcdserver":"3.5.1","etcdcluster":"3.5.0"}"#
    static let older = #"{"etcdserver":"3.3.10","etcdcluster":"3.3.0"}"#
    static let notServed = (404, "404 page not found\n")
    static let absent = (404, #"{"errorCode":100,"message":"Key not found","cause":"/coreos.com","index":9}"#)

    static func directory(_ value: String, group: String? = nil) -> (Int, String) {
        let root = "/coreos.com/updateengine/rebootlock"
        let text = value.replacing("\"", with: "\\\"")
        let semaphore = { (path: String) in #"{"key":"\#(path)","value":"\#(text)","modifiedIndex":7}"# }
        let node =
            group.map {
                #"{"key":"\#(root)/groups","dir":true,"nodes":[{"key":"\#(root)/groups/\#($0)","dir":true,"nodes":["#
                    + semaphore("\(root)/groups/\($0)/semaphore") + "]}]}"
            } ?? semaphore(root + "/semaphore")
        return (200, #"{"action":"get","node":{"key":"\#(root)","dir":true,"nodes":[\#(node)]}}"#)
    }

    /// The directory's content on each host that is asked, in order; the last one stands for all others.
    func shell(
        _ version: String, _ directories: [(Int, String)], swap: (Int, String) = (200, "{}")
    ) -> ScriptedShell {
        let asked = Counter()
        return ScriptedShell { command in
            let input = String(decoding: command.input, as: UTF8.self)
            let answers: [(Int, String)]
            if input.contains("request = \"PUT\"") {
                answers = [swap]
            } else {
                answers = [(200, version), directories[min(asked.next(), directories.count - 1)]]
            }
            let text = answers.map {
                "\($0.1)\n@turnstile-status \($0.0 == 0 ? "000" : "\($0.0)") 127.0.0.1 127.0.0.1\n"
            }
            return HostCommandResult(output: Array(text.joined().utf8), exitStatus: 0)
        }
    }

    func store(_ shell: ScriptedShell, makes: Bool = false) -> SemaphoreStore {
        .etcd(
            shell: shell.shell, hosts: ["a", "b", "c"].map { HostID($0) },
            endpoint: EtcdEndpoint(url: "http://127.0.0.1:2379"), makes: makes)
    }

    static let held = directory(#"{"semaphore":0,"max":1,"holders":["m-b"]}"#)

    /// The hosts' answers and their meaning: `-` means that nothing uses the semaphore.
    static let readings: [(version: String, answers: [(Int, String)], makes: Bool, means: String)] = [
        (modern, [held], false, "m-b"), (older, [held], false, "m-b"),
        (modern, [absent], false, "-"), (modern, [absent], true, "free"),
        (modern, [directory(#"{"semaphore":1,"max":1,"holders":null}"#, group: "g")], false, "g free"),
        (modern, [directory(#"{"semaphore":1,"max":1,"holders":null}"#, group: "g")], true, "free, g free"),
        // From 3.4 on the v2 API is off everywhere, unless it is asked for.
        (modern, [notServed], false, "-"),
        (modern, [notServed], true, "fault: no etcd here serves the v2 API"),
        // Below 3.4, a v2 API that is off concerns one host alone.
        (older, [notServed, held], false, "m-b"),
        (older, [notServed], false, "fault: through 'c': its etcd does not serve the v2 API"),
        (modern, [(0, ""), held], false, "m-b"),
        (modern, [(0, "")], false, "fault: through 'a': etcd's v2 API answered nothing"),
        (modern, [(503, "{}")], false, "fault: answered 503"),
        ("<html>", [held], false, "fault: its etcd does not say its version"),
        (
            modern, [directory(#"{"semaphore":5,"max":1,"holders":null}"#)], false,
            "fault: Nothing is written over it"
        ),
    ]

    @Test(arguments: readings.indices) func isReadWhereItIsAndNotTakenForFree(index: Int) async throws {
        let (version, answers, makes, means) = Self.readings[index]
        do throws(LockFault) {
            let kept = try await store(shell(version, answers), makes: makes).read().map(\.semaphore)
            let words = kept.map { semaphore in
                (semaphore.group.map { "\($0) " } ?? "")
                    + (semaphore.holders.isEmpty ? "free" : semaphore.holders.joined())
            }
            #expect((words.isEmpty ? "-" : words.joined(separator: ", ")) == means)
        } catch {
            #expect(
                means.hasPrefix("fault: ") && error.why.contains(means.dropFirst("fault: ".count)), "\(error)"
            )
        }
    }

    /// The request of a swap: its key, and its condition.
    static let requests: [(answer: (Int, String), makes: Bool, url: String, condition: String)] = [
        (held, false, "rebootlock/semaphore", "prevIndex=7"),
        (absent, true, "rebootlock/semaphore", "prevExist=false"),
        // The directory keeps the name as locksmith escaped it; the request escapes it once more.
        (
            directory(#"{"semaphore":1,"max":1,"holders":null}"#, group: "web%2Fx+y"), false,
            "rebootlock/groups/web%252Fx%2By/semaphore", "prevIndex=7"
        ),
    ]

    @Test(arguments: requests.indices) func writesOverWhatItRead(index: Int) async throws {
        let (answer, makes, url, condition) = Self.requests[index]
        let shell = shell(Self.modern, [answer], swap: (200, #"{"node":{"modifiedIndex":8}}"#))
        let store = store(shell, makes: makes)
        let kept = try #require(try await store.read().first)
        var next = kept.semaphore
        next.holders = ["r-1"]
        #expect(try await store.swap(next, kept.revision))
        let input = String(decoding: try #require(shell.commands.last).input, as: UTF8.self)
        #expect(
            input.contains("url = \"http://127.0.0.1:2379/v2/keys/coreos.com/updateengine/\(url)\"\n"),
            "\(input)")
        let value = #"{"semaphore":0,"max":1,"holders":["r-1"]}"#.percentEncoded
        #expect(input.contains("data = \"value=\(value)&\(condition)\""), "\(input)")
    }

    static let outcomes: [(answer: (Int, String), wrote: Bool?, kind: LockFault.Kind?)] = [
        ((200, #"{"node":{"modifiedIndex":8}}"#), true, nil),
        ((412, #"{"errorCode":101,"message":"Compare failed"}"#), false, nil),
        ((412, #"{"errorCode":105,"message":"Key already exists"}"#), false, nil),
        ((404, #"{"errorCode":100,"message":"Key not found"}"#), false, nil),
        ((0, ""), nil, .outcomeUnknown), ((500, "{}"), nil, .outcomeUnknown), ((401, "{}"), nil, .unanswered),
    ]

    @Test(arguments: outcomes.indices) func whatASwapCameToIsTold(index: Int) async throws {
        let (answer, wrote, kind) = Self.outcomes[index]
        let store = store(shell(Self.modern, [Self.held], swap: answer))
        let kept = try #require(try await store.read().first)
        do throws(LockFault) {
            #expect(try await store.swap(kept.semaphore, kept.revision) == wrote)
        } catch {
            #expect(error.kind == kind && error.why.contains("through 'a'"), "\(error)")
        }
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count - 1
        }
    }
}
