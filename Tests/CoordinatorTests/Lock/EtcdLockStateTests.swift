import ClusterAnswers
import RolloutModel
import Rollouts
import Testing

@testable import Coordinator

@Suite struct EtcdLockStateTests {
    /// As it is in a store.
    static func text(_ last: UInt64, _ rollout: String? = nil) -> String {
        guard let rollout else { return #"{"format":1,"lastToken":\#(last)}"# }
        return LockTextTests.heldText.replacing("r-1", with: rollout).replacing(":7", with: ":\(last)")
    }

    static func state(v2: String?, v3: String?, inUse: [EtcdKeyspace] = [.v2, .v3]) -> EtcdLockState {
        var state = EtcdLockState(host: HostID("a"), inUse: inUse)
        for (keyspace, value) in [(EtcdKeyspace.v2, v2), (.v3, v3)] where inUse.contains(keyspace) {
            let key = value.map { EtcdKey.value($0, revision: 8) } ?? .absent
            state.marks[keyspace] = .init(key: key, prefix: keyspace == .v3 ? "/v3" : "")
        }
        return state
    }

    typealias Case = (v2: String?, v3: String?, last: Token, rollout: String?, isWhole: Bool)

    static let both: [Case] = [
        (nil, nil, 0, nil, true),
        (text(7), text(7), 7, nil, true),
        (text(7, "r-1"), text(7, "r-1"), 7, "r-1", true),
        // Taken before the cluster had v3.
        (text(7, "r-1"), nil, 7, "r-1", false),
        // Half written: v2 comes first.
        (text(8, "r-2"), text(7), 8, "r-2", false),
        (text(8, "r-2"), text(7, "r-1"), 8, "r-1", false),
        (text(7, "r-1"), text(9), 9, "r-1", false),
        (nil, text(7, "r-1"), 7, "r-1", false),
    ]

    @Test(arguments: both.indices) func bothStoresAreOneLock(index: Int) throws {
        let (v2, v3, last, rollout, isWhole) = Self.both[index]
        let reading = try Self.state(v2: v2, v3: v3).reading
        #expect(reading.lock.lastToken == last)
        #expect(reading.lock.holder?.rollout.rawValue == rollout)
        #expect(reading.isWhole == isWhole)
    }

    @Test(arguments: EtcdKeyspace.allCases) func oneStoreIsAlwaysWhole(keyspace: EtcdKeyspace) throws {
        let text = Self.text(7, "r-1")
        let reading = try Self.state(v2: text, v3: text, inUse: [keyspace]).reading
        #expect(reading.isWhole && reading.lock.holder?.rollout == RolloutID("r-1"))
        #expect(try Self.state(v2: nil, v3: nil, inUse: [keyspace]).reading.lock == ClusterLock())
    }

    /// Somebody's text under our key: whichever store it is in, nothing is written over it.
    @Test(
        arguments: [
            ("x", nil), (nil, "x"), ("", ""), (#"{"format":2,"lastToken":1}"#, nil),
            (#"{"format":1,"lastToken":18446744073709551615}"#, nil),
            (nil, #"{"format":1,"lastToken":9007199254740993}"#),
            (nil, #"{"format":1,"lastToken":18446744073709551616}"#), (nil, #"{"format":1,"lastToken":-1}"#),
            (nil, #"{"format":1,"lastToken":1e300}"#),
            (
                nil,
                #"{"format":1,"lastToken":2,"holder":{"rollout":"../../x","token":2,"operatorName":"a","since":"b"}}"#
            ),
            (
                nil,
                #"{"format":1,"lastToken":2,"holder":{"rollout":"r-1; touch x","token":2,"operatorName":"a","since":"b"}}"#
            ),
            (
                nil,
                #"{"format":1,"lastToken":2,"holder":{"rollout":"r-1","token":2,"operatorName":"a\u001b]0;x\u0007","since":"b"}}"#
            ),
            (
                nil,
                #"{"format":1,"lastToken":2,"holder":{"rollout":"r-1","token":2,"operatorName":"a","since":"\u202e"}}"#
            ),
        ]
            as [(String?, String?)])
    func whatIsNoLockIsNeverTakenForOne(v2: String?, v3: String?) {
        let fault = #expect(throws: LockFault.self) { try Self.state(v2: v2, v3: v3).reading }
        #expect(fault?.kind == .unreadable)
        #expect(fault?.why.contains("under /turnstile/lock (\(v2 == nil ? "v3" : "v2") API)") == true)
        let removal =
            v2 == nil
            ? "'ETCDCTL_API=3 etcdctl del /turnstile/lock'" : "'ETCDCTL_API=2 etcdctl rm /turnstile/lock'"
        #expect(fault?.why.contains("remove that key there: \(removal)") == true)
        #expect(fault.map { ForeignText.isClean($0.why) } == true)
    }

    /// The revision is all that a swap is made over, also by another process.
    @Test(arguments: both.indices) func theRevisionIsTheWholeState(index: Int) throws {
        var state = Self.state(v2: Self.both[index].v2, v3: Self.both[index].v3)
        state.lacksV2 = index.isMultiple(of: 2)
        #expect(try EtcdLockState(state.reading.revision) == state)
    }

    @Test(arguments: [
        "", "8", "{}", #"{"host":"a"}"#, #"{"host":"a","inUse":["v4"],"marks":[],"lacksV2":false}"#,
    ])
    func anotherStoresRevisionIsRefused(name: String) {
        let fault = #expect(throws: LockFault.self) { try EtcdLockState(LockStore.Revision(name)) }
        #expect(fault?.kind == .unanswered)
    }

    @Test func aKeyThatIsNotThereHasNoRevision() {
        let mark = EtcdLockState.Mark(key: .absent, prefix: "/v3")
        #expect(mark.value == nil && mark.revision == nil)
        let there = EtcdLockState.Mark(key: .value("", revision: 0), prefix: "")
        #expect(there.value == "" && there.revision == 0)
    }
}
