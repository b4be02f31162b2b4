import Coordinator
import RolloutModel
import Rollouts
import Synchronization
import Testing

@Suite struct AuditWindowTests {
    static func hosts(_ count: Int) -> [HostID] { (0..<count).map { HostID("h\($0)") } }

    static func shell(_ visit: @escaping HostShell.Visit) -> HostShell {
        HostShell(
            run: { host, _ throws(HostFault) in
                throw HostFault(host: host, kind: .unreachable, why: "an audit has a connection of its own")
            },
            converse: { host, _, _ throws(HostFault) in
                throw HostFault(host: host, kind: .unreachable, why: "an audit has a connection of its own")
            }, disconnect: { _ in }, visit: visit)
    }

    static let answer = HostVisit(
        .success(
            HostCommandResult(
                output: Array(
                    "\n@turnstile files\n/etc/os-release:ID=coreos\n/etc/os-release:VERSION_ID=1.2.3\n\n@turnstile end\n"
                        .utf8),
                exitStatus: 0)))

    @Test(arguments: [1, 3, 64, 1024]) func noMoreHostsAreAtWorkThanAllowed(parallel: Int) async {
        let atWork = Mutex((now: 0, most: 0))
        let shell = Self.shell { _, _, _ in
            atWork.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            try? await Task.sleep(for: .milliseconds(5))
            atWork.withLock { $0.now -= 1 }
            return Self.answer
        }
        var (begun, ended) = ([Int](), [Int]())
        await shell.audit(Self.hosts(200), pace: AuditPace(parallel: parallel), began: { begun.append($0) }) {
            ended.append($0)
            #expect($1.host == "h\($0)" && $1.version == "1.2.3")
        }
        #expect(begun == Array(0..<200) && ended.sorted() == begun)
        let most = atWork.withLock(\.most)
        #expect(most <= parallel && most >= min(parallel, 3))
    }

    /// All but the last wait for the last, which must therefore be begun.
    @Test func silentHostsKeepNoOtherWaiting() async {
        let (signal, last) = AsyncStream.makeStream(of: Void.self)
        let shell = Self.shell { host, _, onSilence in
            if host == HostID("h99") {
                last.finish()
            } else {
                onSilence()
                for await _ in signal {}
            }
            return Self.answer
        }
        let audits = await shell.audit(Self.hosts(100), pace: AuditPace(parallel: 2))
        #expect(audits.map(\.host) == (0..<100).map { "h\($0)" } && audits.allSatisfy { $0.fault == nil })
    }

    @Test func silentHostsAreBoundedToo() async {
        let silent = Mutex((now: 0, most: 0))
        let shell = Self.shell { _, _, onSilence in
            silent.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            onSilence()
            onSilence()
            try? await Task.sleep(for: .milliseconds(300))
            silent.withLock { $0.now -= 1 }
            return HostVisit(.failure(HostFault(host: HostID(""), kind: .unreachable, why: "silent")))
        }
        let audits = await shell.audit(Self.hosts(3000), pace: AuditPace(parallel: 8))
        #expect(audits.count == 3000 && audits.allSatisfy { $0.fault == "silent" })
        let most = silent.withLock { $0.most }
        #expect(most <= 1024 + 8)
    }

    @Test func aSecondTryIsNamed() async {
        let shell = Self.shell { host, command, _ in
            #expect(command.deadline == .seconds(7))
            var visit = Self.answer
            visit.retriedAfter = host == HostID("h1") ? "refused" : nil
            return visit
        }
        let audits = await shell.audit(Self.hosts(3), pace: AuditPace(deadline: .seconds(7)))
        #expect(audits.map(\.retriedAfter) == [nil, "refused", nil])
    }

    @Test func aHostIsKnownByTheKeyOfItsSession() async {
        let shell = Self.shell { host, _, _ in
            var visit = Self.answer
            visit.hostKey = host == HostID("h1") ? "SHA256:x" : nil
            return visit
        }
        let audits = await shell.audit(Self.hosts(2))
        #expect(audits.map(\.hostKey) == [nil, "SHA256:x"])
    }

    @Test func noHostsAreNoAudit() async {
        #expect(await Self.shell { _, _, _ in Self.answer }.audit([]).isEmpty)
    }

    @Test func cancellingEndsIt() async {
        let shell = Self.shell { _, _, _ in
            try? await Task.sleep(for: .seconds(600))
            return Self.answer
        }
        let time = await ContinuousClock().measure {
            await withTaskGroup(of: [HostAudit].self) { group in
                group.addTask { await shell.audit(Self.hosts(10), pace: AuditPace(parallel: 2)) }
                group.cancelAll()
                for await audits in group {
                    #expect(audits.map(\.host) == Self.hosts(10).map(\.rawValue))
                }
            }
        }
        #expect(time < .seconds(120))
    }
}
