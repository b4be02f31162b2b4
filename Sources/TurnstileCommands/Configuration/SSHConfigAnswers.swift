import SSH

/// The answers of `ssh -G`, each asked for once. Hosts that the configuration cannot tell apart share an answer: every
/// question is a process, and a thousand of them cost more than an audit.
actor SSHConfigAnswers {
    private let lookup: SSHConfigLookup
    private let processes = Slots(count: 8)
    private var scope: SSHConfigScope?
    private var answers: [Subject: Answer] = [:]
    /// ssh's default algorithms, which are read once.
    private var usual: Task<SSHAlgorithms, Never>?

    private enum Subject: Hashable {
        case name(String)
        case kind(SSHConfigScope.Class)
    }

    private enum Answer {
        /// Who else waits for it.
        case asked([CheckedContinuation<Void, Never>])
        case known(Result<SSHConfigAnswer, SSHConfigError>, about: String)
    }

    /// - Parameter scope: that of the files which the lookup has ssh read; nil to read them when first needed.
    init(_ lookup: SSHConfigLookup, scope: SSHConfigScope? = nil) {
        self.lookup = lookup
        self.scope = scope
    }

    func destination(of host: Configuration.HostAddress) async throws(SSHConfigError) -> SSHDestination {
        let answer = try await answer(for: host.name).get()
        return try SSHDestination(
            host, settings: lookup.settings, answer: answer, environment: lookup.environment,
            usual: answer.algorithms == .init() ? .init() : await usualAlgorithms())
    }

    private func usualAlgorithms() async -> SSHAlgorithms {
        if let usual { return await usual.value }
        let task = Task { [lookup] in await lookup.usualAlgorithms() }
        usual = task
        return await task.value
    }

    private func answer(for name: String) async -> Result<SSHConfigAnswer, SSHConfigError> {
        let scope = knownScope()
        guard let kind = scope.kind(of: name) else { return await answer(.name(name), name).result }
        let shared = await answer(.kind(kind), name)
        if shared.about == name { return shared.result }
        if let own = try? scope.answer(shared.result.get(), about: shared.about, for: name) {
            return .success(own)
        }
        return await answer(.name(name), name).result
    }

    private func answer(
        _ subject: Subject, _ name: String
    ) async -> (result: Result<SSHConfigAnswer, SSHConfigError>, about: String) {
        while true {
            switch answers[subject] {
            case .known(let result, let about): return (result, about)
            case .asked(let waiting):
                await withCheckedContinuation { answers[subject] = .asked(waiting + [$0]) }
            case nil:
                answers[subject] = .asked([])
                await processes.enter()
                let result = await lookup.result(for: name)
                await processes.leave()
                if case .asked(let waiting) = answers[subject] { waiting.forEach { $0.resume() } }
                answers[subject] = .known(result, about: name)
            }
        }
    }

    private func knownScope() -> SSHConfigScope {
        if let scope { return scope }
        let read = lookup.scope()
        scope = read
        return read
    }
}
