import RolloutJournal
import RolloutModel

/// Which rollout a command means.
///
/// A journal that cannot be read stands in the way of its own rollout only. The cluster's lock and the agents still keep
/// a second host from going out beside one that its rollout may have out.
struct RolloutChoice {
    var directory: JournalDirectory
    let invocation: Invocation

    /// A rollout, and its journal.
    typealias Chosen = (path: String, record: RolloutRecord)

    init(_ configuration: Configuration, _ invocation: Invocation) {
        directory = JournalDirectory(path: configuration.journal)
        self.invocation = invocation
    }

    /// The journal of the rollout named, or of the newest that has not ended.
    ///
    /// - Parameter command: what is asked for, where no rollout is under way.
    func path(of name: String?, else command: RecoveryCommand = .resume) throws -> String {
        if let name { return try path(named: name) }
        let (newest, unreadable) = try newest { !$0.hasEnded }
        tellLeftOut(unreadable)
        guard let newest else {
            let which = unreadable.isEmpty ? "" : ", as far as its journals can be read"
            throw CommandFailure(
                .usage, "no rollout is under way in '\(directory.path)'\(which). " + Self.without(command))
        }
        return newest.path
    }

    /// The rollout named, or the newest whose journal can be read, ended or not.
    func rollout(_ name: String?) throws -> Chosen {
        if let name {
            let path = try path(named: name)
            return (path, try Journal.read(path: path))
        }
        let (newest, unreadable) = try newest { _ in true }
        guard let newest else {
            guard let first = unreadable.first else { throw noneYet }
            tellLeftOut(Array(unreadable.dropFirst()))
            throw first
        }
        tellLeftOut(unreadable)
        return newest
    }

    /// The journal of the rollout named, or the newest file that has a journal's name: it is to be looked into.
    func file(of name: String?) throws -> String {
        if let name { return try path(named: name) }
        guard let newest = try directory.rollouts().last else { throw noneYet }
        return directory.journalPath(of: newest)
    }

    /// Every rollout that has not ended, newest first.
    ///
    /// - Parameter tells: whether journals that cannot be read are named on standard error.
    func unended(tells: Bool = false) throws -> [Chosen] {
        var unreadable: [JournalError] = []
        let chosen = try directory.rollouts().reversed().compactMap { id -> Chosen? in
            do throws(JournalError) {
                let record = try directory.record(of: id)
                return record.hasEnded ? nil : (directory.journalPath(of: id), record)
            } catch {
                unreadable.append(error)
                return nil
            }
        }
        if tells { tellLeftOut(unreadable) }
        return chosen
    }

    /// Why a rollout's journal, which is here, cannot be read; nil where it can, or is not here.
    func trouble(with rollout: RolloutID) throws -> JournalError? {
        guard try directory.rollouts().contains(rollout) else { return nil }
        do throws(JournalError) {
            _ = try directory.record(of: rollout)
            return nil
        } catch {
            return error
        }
    }

    /// For a rollout that has the cluster.
    ///
    /// - Throws: `CommandFailure` where its journal is here, and cannot be read.
    func requireReadable(_ rollout: RolloutID) throws {
        guard let trouble = try trouble(with: rollout) else { return }
        throw CommandFailure(
            .held,
            """
            rollout \(rollout) has this cluster, and its journal is of no use: \(trouble)
            If its turnstile is dead and the rollout is not to go on, 'turnstile unlock \(rollout)' frees the cluster.
            """)
    }

    /// The newest rollout that will do, and what is wrong with the journals after it.
    private func newest(_ willDo: (RolloutRecord) -> Bool) throws -> (Chosen?, unreadable: [JournalError]) {
        var unreadable: [JournalError] = []
        for id in try directory.rollouts().reversed() {
            do throws(JournalError) {
                let record = try directory.record(of: id)
                if willDo(record) { return ((directory.journalPath(of: id), record), unreadable) }
            } catch {
                unreadable.append(error)
            }
        }
        return (nil, unreadable)
    }

    private func path(named name: String) throws -> String {
        let id = RolloutID(name)
        guard try directory.rollouts().contains(id) else {
            throw CommandFailure(
                .usage, "there is no rollout '\(name)' in '\(directory.path)'. See 'turnstile history'")
        }
        return directory.journalPath(of: id)
    }

    /// The first few by name: a directory may be full of them.
    private func tellLeftOut(_ errors: [JournalError]) {
        for error in errors.prefix(Self.namedMax) { say(invocation.completing("Left out: \(error)")) }
        guard errors.count > Self.namedMax else { return }
        say(
            invocation.completing(
                "Left out: \(errors.count - Self.namedMax) more files. See 'turnstile history'."))
    }

    private static let namedMax = 5

    private var noneYet: CommandFailure {
        CommandFailure(
            .usage, "there is no rollout in '\(directory.path)' yet. Begin one with 'turnstile upgrade'")
    }

    /// The advice for a command that finds no journal.
    private static func without(_ command: RecoveryCommand) -> String {
        switch command {
        case .abandon, .abandonHost:
            "To give hosts back without a journal: 'turnstile abandon --host HOST'"
        case .upgrade, .resume, .retryReverted, .fromHosts, .rollback, .lose, .unlock, .hold, .install,
            .audit,
            .upgradeOthers, .plainReboot:
            "Begin one with 'turnstile upgrade'; or, where its journal is lost, 'turnstile resume --from-hosts'"
        }
    }
}

extension RolloutRecord {
    fileprivate var hasEnded: Bool {
        guard case .finished = machine.state else { return false }
        return true
    }
}
