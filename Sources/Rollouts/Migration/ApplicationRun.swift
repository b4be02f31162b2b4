import RolloutJournal
import RolloutModel

/// The way of an application to the new cluster in one run.
struct ApplicationRun {
    let run: MigrationRun
    /// The application's id at the old cluster.
    let id: ApplicationID
    let rolls: MigrationRun.Rolls

    private var port: MigrationPort { run.port }

    /// - Returns: true if the application is proved, or false if it holds.
    /// - Throws: `MigrationRun.Stop` where no application can go on.
    func go() async throws(MigrationRun.Stop) -> Bool {
        do throws(Trouble) {
            return try await carry()
        } catch {
            switch error {
            case .stop(let stop): throw stop
            case .holds(let holds):
                run.tell(.held(id, holds))
                try await run.note(.held(id, holds))
                return false
            }
        }
    }

    /// Why the application does not go on in this run.
    private enum Trouble: Error {
        case holds([MigrationHold])
        case stop(MigrationRun.Stop)
    }

    private func carry() async throws(Trouble) -> Bool {
        let plan = await run.record.state.plan
        guard let old = try await picture(.old, id) else {
            throw .holds([.applicationUnreadable(.old, why: "it is gone from there")])
        }
        if run.wishes.again.contains(id), await course().isProved { try await note(.reopened(id)) }
        let holds = MigrationCheck.holds(old, plan, all: rolls.old.applications, await course())
        guard holds.isEmpty else { throw .holds(holds) }
        let wish = ApplicationWish(old, plan, certificates: rolls.certificates)
        guard await !course().isProved else {
            if run.wishes.grantsOnly { _ = try await complete(wish, .grants) }
            return true
        }
        guard !run.wishes.grantsOnly else { return true }
        if run.wishes.adopted.contains(wish.id), await !course().isOwn { try await note(.adopted(id)) }
        run.tell(.takes(id))
        try await begin(old)
        let found = try await complete(wish, .all)
        try await prove(wish, old, found)
        return true
    }

    /// Keeps the old cluster's answers. Those of an earlier run stand where nothing answers any more.
    private func begin(_ old: ApplicationPicture) async throws(Trouble) {
        let names = [old.name] + old.domains.sorted()
        let found = ExpectedAnswer.all(names, await port.answers(.old, names))
        let earlier = await course().answers
        let answers = found.contains { $0.status != nil } || earlier.isEmpty ? found : earlier
        try await note(.began(id, release: old.release.version, answers: answers))
    }

    // MARK: Acts

    private func complete(
        _ wish: ApplicationWish, _ scope: MigrationStep.Scope
    ) async throws(Trouble) -> ApplicationPicture {
        var roll = rolls.new
        while true {
            let sight = ApplicationSight(picture: try await picture(.new, wish.id), roll: roll)
            let course = await course()
            switch MigrationStep.next(
                wish, course, after: sight, now: run.clock.now(), settling: run.pace.settling,
                scope: scope)
            {
            case .hold(let holds): throw .holds(holds)
            case .seen(let act): try await note(.answered(id, act, .done))
            case .prove:
                guard let found = sight.picture else {
                    throw .holds([.applicationUnreadable(.new, why: "it is gone from there")])
                }
                return found
            case .look(let act, let until):
                run.tell(.looks(id, act, until: until))
                try await stopIfAsked()
                await run.clock.sleep(run.pace.interval)
            case .act(let act):
                try await stopIfAsked()
                try await ask(act, wish, sight)
                // Certificates are the cluster's, and no part of an application's picture.
                if case .addCertificate = act { roll = try await newRoll() }
            }
        }
    }

    private func ask(
        _ act: MigrationAct, _ wish: ApplicationWish, _ sight: ApplicationSight
    ) async throws(Trouble) {
        do throws(MigrationHold) {
            try await port.claim.verify()
        } catch {
            throw .stop(.held(error))
        }
        run.tell(.asks(id, act))
        try await note(.asking(id, act, at: run.clock.now()))
        let answer = await port.perform(act, wish, sight)
        try await note(.answered(id, act, answer))
        switch answer {
        case .done: return
        case .refused(let status, let said): throw .holds([.actRefused(act, status: status, said: said)])
        case .unheard(let why): throw .holds([.actUnheard(act, why: why)])
        }
    }

    // MARK: Proof

    private func prove(
        _ wish: ApplicationWish, _ old: ApplicationPicture, _ first: ApplicationPicture
    ) async throws(Trouble) {
        run.tell(.proves(id))
        let proof = ApplicationProof(wish, await course().answers, old: old.name, found: first)
        let end = run.clock.now() + run.pace.proving.components.seconds
        var found = first
        var answers: [String: [DomainName: Int]] = [:]
        while true {
            answers = await port.answers(.new, proof.names)
            let holds = proof.holds(found, answers)
            if holds.isEmpty { break }
            guard run.clock.now() < end, await !run.isInterrupted() else { throw .holds(holds) }
            await run.clock.sleep(run.pace.interval)
            found = try await picture(.new, wish.id) ?? found
        }
        let remarks = proof.remarks(answers)
        if !remarks.isEmpty { try await note(.remarked(id, remarks)) }
        try await note(.proved(id, name: found.name))
        run.tell(.proved(id, remarks))
    }

    // MARK: Small things

    private func course() async -> ApplicationCourse { await run.record.state.course(of: id) }

    private func note(_ event: MigrationEvent) async throws(Trouble) {
        do throws(MigrationRun.Stop) {
            try await run.note(event)
        } catch {
            throw .stop(error)
        }
    }

    private func stopIfAsked() async throws(Trouble) {
        if await run.isInterrupted() { throw .holds([.stoppedByPerson]) }
    }

    private func newRoll() async throws(Trouble) -> ControllerRoll {
        do throws(MigrationHold) {
            return try await port.roll(.new)
        } catch {
            throw .stop(.held(error))
        }
    }

    private func picture(
        _ side: MigrationSide, _ id: ApplicationID
    ) async throws(Trouble) -> ApplicationPicture? {
        do throws(MigrationHold) {
            return try await port.picture(side, id)
        } catch {
            throw error.isOfAll ? .stop(.held(error)) : .holds([error])
        }
    }
}

extension ExpectedAnswer {
    /// The answers of a cluster's routers for each name.
    static func all(_ names: [DomainName], _ answers: [String: [DomainName: Int]]) -> [ExpectedAnswer] {
        names.map { name in
            let statuses = Set(answers.values.map { $0[name] })
            return ExpectedAnswer(
                name: name, status: statuses.count == 1 ? statuses.first.flatMap(\.self) : nil)
        }
    }
}
