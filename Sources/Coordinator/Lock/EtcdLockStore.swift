import ClusterAnswers
import RolloutModel
import Rollouts

/// The cluster's lock in the cluster's etcd, reached through any host that answers.
///
/// Where two stores are in use (`EtcdKeyspace`), v2 is written before v3, always: of two that want the lock one is first
/// there, and the other stops without having changed v3, or takes back what it wrote to v2.
final class EtcdLockStore: Sendable {
    private let own: OwnEtcd
    private let witnesses: EtcdWitnesses
    /// For a test of one store; nil: what the cluster's version says.
    private let keyspaces: [EtcdKeyspace]?

    init(shell: HostShell, hosts: [HostID], endpoint: EtcdEndpoint, keyspaces: [EtcdKeyspace]? = nil) {
        self.own = OwnEtcd(shell: shell, endpoint: endpoint)
        self.witnesses = EtcdWitnesses(hosts)
        self.keyspaces = keyspaces
    }

    var store: LockStore {
        LockStore(
            read: { () throws(LockFault) in try await self.read() },
            swap: { lock, revision throws(LockFault) in try await self.swap(lock, over: revision) })
    }

    // MARK: Reading

    func read() async throws(LockFault) -> LockStore.Reading {
        let found: EtcdLockState = try await witnesses.ask("the cluster's lock") { host throws(HostFault) in
            try await examine(host)
        }
        return try found.reading
    }

    private func examine(_ host: HostID) async throws(HostFault) -> EtcdWitnesses.Word<EtcdLockState> {
        let place = try await own.place(on: host)
        let answers = try await place.http.send(EtcdLockRequests(url: place.url).reading)
        try place.verify(answers)
        func unclear(_ why: String) -> HostFault {
            let advice = answers.lazy.compactMap(\.refusal).first.map(own.endpoint.credentials.advice)
            return HostFault(host: host, kind: .answerUnreadable, why: advice ?? why)
        }
        guard answers.contains(where: { $0.status != nil }) else {
            return .absent(answers.lazy.compactMap(\.complaint).first ?? "its etcd does not say its version")
        }
        guard answers[0].status == 200, let version = try? EtcdVersionAnswer(answers[0].body) else {
            throw unclear("its etcd does not say its version")
        }
        guard let inUse = keyspaces ?? EtcdKeyspace.inUse(by: version) else {
            throw unclear("the cluster version, by which a lock is kept, is not decided")
        }
        var state = EtcdLockState(host: host, inUse: inUse)
        for keyspace in inUse {
            let sight =
                switch keyspace {
                case .v2: EtcdLockRequests.v2(answers[1])
                case .v3: EtcdLockRequests.v3(answers.dropFirst(2))
                }
            switch sight {
            case .seen(let key, let prefix):
                state.marks[keyspace] = .init(key: key, prefix: prefix)
            case .notServed where keyspace == .v2 && inUse.contains(.v3):
                state.lacksV2 = true
            case .notServed:
                throw unclear(
                    "cluster version \(version.cluster ?? version.server) keeps a lock in the \(keyspace) API, and its etcd "
                        + "does not serve it")
            case .unknown(let why):
                throw unclear("etcd's \(keyspace) API: \(why)")
            }
        }
        return state.lacksV2 ? .poor(state) : .said(state)
    }

    // MARK: Writing

    func swap(_ lock: ClusterLock, over revision: LockStore.Revision) async throws(LockFault) -> Bool {
        let state = try EtcdLockState(revision)
        let text: String
        do throws(LockText.Unreadable) {
            text = try LockText.text(lock)
        } catch {
            throw LockFault(why: "the cluster's lock cannot be written: \(error.why)")
        }
        var written: UInt64?
        for keyspace in state.inUse {
            guard let mark = state.marks[keyspace] else { continue }
            switch try await swap(text, keyspace, mark, through: state.host) {
            case .written(let revision):
                written = revision
            case .notWritten:
                if keyspace == .v3, let written, let old = state.marks[.v2] {
                    await takeBack(lock, at: written, old, through: state.host)
                }
                return false
            }
        }
        return true
    }

    /// - Throws: `LockFault` of kind `outcomeUnknown`, unless nothing was written for certain.
    private func swap(
        _ text: String, _ keyspace: EtcdKeyspace, _ mark: EtcdLockState.Mark, through host: HostID
    ) async throws(LockFault) -> EtcdSwap {
        func fault(_ kind: LockFault.Kind, _ why: String) -> LockFault {
            LockFault(
                kind: kind, why: "the cluster's lock could not be written to etcd through '\(host)': \(why)")
        }
        let place: OwnEtcd.Place
        do throws(HostFault) {
            place = try await own.place(on: host)
        } catch {
            throw fault(.unanswered, error.why)
        }
        let requests = EtcdLockRequests(url: place.url)
        let request =
            switch keyspace {
            case .v2: requests.swapV2(text, over: mark.revision)
            case .v3: requests.swapV3(text, over: mark.revision, prefix: mark.prefix)
            }
        let answer: HostHTTP.Answer
        do throws(HostFault) {
            answer = try await place.http.send([request])[0]
        } catch {
            // Of all faults this alone comes before curl was run.
            throw fault(error.kind == .unreachable ? .unanswered : .outcomeUnknown, error.why)
        }
        switch EtcdLockRequests.outcome(answer, in: keyspace) {
        case .swapped(let swap): return swap
        case .refused(let why): throw fault(.unanswered, why)
        case .unknown(let why): throw fault(.outcomeUnknown, why)
        }
    }

    /// Takes back from v2 what v3 would not have. Where that fails, v2 has a holder that v3 does not know, whom only
    /// turnstiles that looked below 3.1 can see; they name it, and it can be unlocked.
    private func takeBack(
        _ lock: ClusterLock, at written: UInt64, _ old: EtcdLockState.Mark, through host: HostID
    ) async {
        let free = try? LockText.text(ClusterLock(lastToken: lock.lastToken))
        guard let before = old.value ?? free else { return }
        let mark = EtcdLockState.Mark(key: .value(before, revision: written), prefix: "")
        _ = try? await swap(before, .v2, mark, through: host)
    }
}

extension LockStore {
    /// In the etcd of a cluster.
    ///
    /// - Parameters:
    ///   - hosts: any of which may be asked.
    public static func etcd(shell: HostShell, hosts: [HostID], endpoint: EtcdEndpoint) -> LockStore {
        EtcdLockStore(shell: shell, hosts: hosts, endpoint: endpoint).store
    }
}
