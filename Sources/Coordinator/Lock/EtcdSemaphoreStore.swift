import ClusterAnswers
import HostFiles
import RolloutModel
import Rollouts

/// locksmith's semaphores in the cluster's etcd, reached through any host that answers; as `locksmithctl lock` and `unlock`
/// would change them.
final class EtcdSemaphoreStore: Sendable {
    private let own: OwnEtcd
    private let witnesses: EtcdWitnesses
    /// The semaphore without a group is taken also where nobody made it yet.
    private let makes: Bool

    init(shell: HostShell, hosts: [HostID], endpoint: EtcdEndpoint, makes: Bool) {
        self.own = OwnEtcd(shell: shell, endpoint: endpoint)
        self.witnesses = EtcdWitnesses(hosts)
        self.makes = makes
    }

    var store: SemaphoreStore {
        SemaphoreStore(
            read: { () throws(LockFault) in try await self.read() },
            swap: { semaphore, revision throws(LockFault) in try await self.swap(semaphore, over: revision) })
    }

    /// A semaphore as it was seen: through which host, and at which of etcd's indices; nil for one that was not there.
    private struct Mark {
        var host: HostID
        var index: UInt64?

        var revision: LockStore.Revision { .init("\(index.map { "\($0)" } ?? "-") \(host)") }
    }

    private static let subject = "locksmith's semaphore"

    // MARK: Reading

    func read() async throws(LockFault) -> [SemaphoreStore.Kept] {
        let found: Found = try await witnesses.ask(Self.subject) { host throws(HostFault) in
            try await examine(host)
        }
        switch found {
        case .seen(let kept): return kept
        case .unreadable(let why): throw LockFault(kind: .unreadable, why: why)
        case .notServed:
            guard makes else { return [] }
            throw LockFault(
                why: "\(Self.subject) was to be taken, and no etcd here serves the v2 API that it is kept in")
        }
    }

    private enum Found: Sendable {
        case seen([SemaphoreStore.Kept])
        case notServed
        /// The same for whoever is asked.
        case unreadable(why: String)
    }

    private func examine(_ host: HostID) async throws(HostFault) -> EtcdWitnesses.Word<Found> {
        let place = try await own.place(on: host)
        let answers = try await place.http.send([
            .get(url: place.url + "/version"),
            .get(url: "\(place.url)/v2/keys/\(LocksmithSemaphores.directory)?recursive=true&quorum=true"),
        ])
        try place.verify(answers)
        func unclear(_ why: String) -> HostFault { HostFault(host: host, kind: .answerUnreadable, why: why) }
        guard answers.contains(where: { $0.status != nil }) else {
            return .absent(answers.lazy.compactMap(\.complaint).first ?? "its etcd does not say its version")
        }
        if let refusal = answers.lazy.compactMap(\.refusal).first {
            throw unclear(own.endpoint.credentials.advice(refusal))
        }
        guard answers[0].status == 200, let version = try? EtcdVersionAnswer(answers[0].body) else {
            throw unclear("its etcd does not say its version")
        }
        let answer = answers[1]
        do throws(MalformedText) {
            let found = try LocksmithSemaphores(answer.body)
            guard found.entries.allSatisfy(\.isClean) else {
                return .said(
                    .unreadable(
                        why:
                            "\(Self.subject) has a group or a holder that cannot be shown. Nothing is written over it: "
                            + "see 'locksmithctl status'"))
            }
            return .said(.seen(kept(found, through: host)))
        } catch {
            // Below 3.4 other members serve it; from then on it is off everywhere, unless asked for.
            if answer.status == 404 {
                let isEverywhere = version.cluster.map { $0.minor >= EtcdMinor(3, 4) } ?? false
                guard isEverywhere else { throw unclear("its etcd does not serve the v2 API") }
                return .said(.notServed)
            }
            guard answer.status == 200 else {
                throw unclear("etcd's v2 API answered \(answer.status.map { "\($0)" } ?? "nothing")")
            }
            return .said(.unreadable(why: "\(error). Nothing is written over it: see 'locksmithctl status'"))
        }
    }

    private func kept(_ found: LocksmithSemaphores, through host: HostID) -> [SemaphoreStore.Kept] {
        let kept = found.entries.map { entry in
            let semaphore = RebootSemaphore(
                group: entry.group, max: entry.status.max, holders: entry.status.holders.sorted())
            return SemaphoreStore.Kept(semaphore, revision: Mark(host: host, index: entry.revision).revision)
        }
        guard makes, !kept.contains(where: { $0.semaphore.group == nil }) else { return kept }
        return [.init(RebootSemaphore(), revision: Mark(host: host, index: nil).revision)] + kept
    }

    // MARK: Writing

    func swap(
        _ semaphore: RebootSemaphore, over revision: LockStore.Revision
    ) async throws(LockFault) -> Bool {
        let words = revision.name.split(separator: " ", maxSplits: 1)
        guard words.count == 2 else {
            throw LockFault(why: "'\(revision.name)' is no revision of this store")
        }
        let host = HostID(String(words[1]))
        let status = LocksmithStatus(
            available: semaphore.available, max: semaphore.max, holders: semaphore.holders)
        let condition =
            words[0] == "-"
            ? HostHTTP.FormField(name: "prevExist", value: "false")
            : HostHTTP.FormField(name: "prevIndex", value: String(words[0]))
        let place: OwnEtcd.Place
        do throws(HostFault) {
            place = try await own.place(on: host)
        } catch {
            throw Self.fault(.unanswered, host, error.why)
        }
        let request = HostHTTP.Request.put(
            url: "\(place.url)/v2/keys/\(Self.key(of: semaphore.group))",
            form: [.init(name: "value", value: status.json), condition])
        let answer: HostHTTP.Answer
        do throws(HostFault) {
            answer = try await place.http.send([request])[0]
        } catch {
            // Of all faults this alone comes before curl was run.
            throw Self.fault(error.kind == .unreachable ? .unanswered : .outcomeUnknown, host, error.why)
        }
        switch EtcdLockRequests.outcome(answer, in: .v2) {
        case .swapped(.written): return true
        case .swapped(.notWritten): return false
        case .refused(let why): throw Self.fault(.unanswered, host, why)
        case .unknown(let why): throw Self.fault(.outcomeUnknown, host, why)
        }
    }

    private static func fault(_ kind: LockFault.Kind, _ host: HostID, _ why: String) -> LockFault {
        LockFault(kind: kind, why: "\(subject) could not be written to etcd through '\(host)': \(why)")
    }

    /// As a path of a URL: what a group's name was escaped with is part of the name.
    static func key(of group: String?) -> String {
        guard let group else { return LocksmithSemaphores.directory + "/semaphore" }
        return "\(LocksmithSemaphores.directory)/groups/\(group.percentEncoded)/semaphore"
    }
}

extension SemaphoreStore {
    /// In the etcd of a cluster.
    ///
    /// - Parameters:
    ///   - hosts: any of which may be asked.
    ///   - makes: the semaphore without a group is made where there is none yet.
    public static func etcd(
        shell: HostShell, hosts: [HostID], endpoint: EtcdEndpoint, makes: Bool = false
    ) -> SemaphoreStore {
        EtcdSemaphoreStore(shell: shell, hosts: hosts, endpoint: endpoint, makes: makes).store
    }
}

extension LocksmithSemaphores.Entry {
    /// Names that are shown, and written back as they are.
    fileprivate var isClean: Bool { ([group ?? ""] + status.holders).allSatisfy { ForeignText.isClean($0) } }
}
