import ClusterAnswers
import HostFiles
import Testing

@Suite struct LocksmithTests {
    @Test func readsAHeldSemaphore() throws {
        let status = try LocksmithStatus(
            "Available: 0\nMax: 2\n\nMACHINE ID\n01d6eeef5996d7c4c6f929405221d47f\n65efe7b72c1649ca05e53f6d088d669a\n"
        )
        #expect(
            status
                == LocksmithStatus(
                    available: 0, max: 2,
                    holders: ["01d6eeef5996d7c4c6f929405221d47f", "65efe7b72c1649ca05e53f6d088d669a"]))
    }

    @Test(arguments: [
        ("Available: 1\nMax: 1\n", LocksmithStatus(available: 1, max: 1, holders: [])),
        (
            "Available: -1\nMax: 1\n\nMACHINE ID\na\nb\n",
            LocksmithStatus(available: -1, max: 1, holders: ["a", "b"])
        ),
    ])
    func readsOtherCounts(text: String, status: LocksmithStatus) throws {
        #expect(try LocksmithStatus(text) == status)
    }

    @Test(arguments: [
        (#"{"semaphore":1,"max":1,"holders":null}"#, LocksmithStatus(available: 1, max: 1, holders: [])),
        (#"{"semaphore":0,"max":1,"holders":["a"]}"#, LocksmithStatus(available: 0, max: 1, holders: ["a"])),
    ])
    func readsTheKeyItself(json: String, status: LocksmithStatus) throws {
        #expect(try LocksmithStatus(json: json) == status)
    }

    @Test(arguments: [
        "", "Available: 1\n", "Error initializing etcd client: no\n", "Max: 1\nAvailable: 1\n",
        "Available: many\nMax: 1\n",
    ])
    func anythingElseIsRefused(text: String) {
        #expect(throws: MalformedText.self) { try LocksmithStatus(text) }
        #expect(throws: MalformedText.self) { try LocksmithStatus(json: text) }
    }
}
