import RolloutModel
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
        case name(String, SSHOptions?)
        case jump(SSHJump)
        case kind(SSHConfigScope.Class, SSHOptions?)

        var jump: SSHJump? { if case .jump(let jump) = self { jump } else { nil } }
    }

    private enum Answer {
        /// The others that wait for the answer.
        case asked([CheckedContinuation<Void, Never>])
        case known(Result<SSHConfigAnswer, SSHConfigError>, about: String)
    }

    /// - Parameter scope: that of the files which the lookup has ssh read; nil to read them when first needed.
    init(_ lookup: SSHConfigLookup, scope: SSHConfigScope? = nil) {
        self.lookup = lookup
        self.scope = scope
    }

    func destination(of host: Configuration.HostAddress) async throws(SSHConfigError) -> SSHDestination {
        if let variable = host.vaulted { throw .vaulted(host: host.name, variable: variable) }
        let answer = try await answer(for: host.sshName ?? host.name, host.sshOptions).get()
        let tokens = SSHTokens(host, lookup.settings, answer, lookup.environment)
        return try SSHDestination(
            host, settings: lookup.settings, answer: answer, environment: lookup.environment,
            usual: answer.algorithms == .init() ? .init() : await usualAlgorithms(),
            through: try await jump(
                answer.jumps(of: host.name, tokens), to: [host.sshName ?? host.name]))
    }

    /// The last of some hosts that follow each other, reached through those before it. As in ssh, the first of them is
    /// reached as its own configuration says, and what is given here counts before that of the others.
    ///
    /// - Parameter way: the names of the hosts behind, the nearest last.
    private func jump(_ jumps: [SSHJump], to way: [String]) async throws(SSHConfigError) -> SSHDestination? {
        guard let last = jumps.last else { return nil }
        let name = last.description
        guard !way.contains(name) else { throw .jumpLoop(host: way[0], through: way.dropFirst() + [name]) }
        guard way.count <= Self.jumpsMax else { throw .jumpsTooMany(host: way[0], max: Self.jumpsMax) }
        let answer = try await answer(.jump(last), last.host).result.get()
        var settings = lookup.settings
        (settings.user, settings.port) = (nil, nil)
        let host = Configuration.HostAddress(id: HostID(last.host))
        let before =
            jumps.count > 1
            ? Array(jumps.dropLast())
            : try answer.jumps(of: last.host, SSHTokens(host, settings, answer, lookup.environment))
        var destination = try SSHDestination(
            host, settings: settings, answer: answer, environment: lookup.environment,
            usual: answer.algorithms == .init() ? .init() : await usualAlgorithms(),
            through: try await jump(before, to: way + [name]))
        // Files that turnstile's own configuration names are of use here, too, and so are those of the host's own.
        try destination.addFiles(of: answer, lookup.environment)
        return destination
    }

    /// A way that names new hosts without end (`ProxyJump a.%h`) is given up after so many.
    private static let jumpsMax = 32

    private func usualAlgorithms() async -> SSHAlgorithms {
        if let usual { return await usual.value }
        let task = Task { [lookup] in await lookup.usualAlgorithms() }
        usual = task
        return await task.value
    }

    private func answer(
        for name: String, _ options: SSHOptions?
    ) async -> Result<SSHConfigAnswer, SSHConfigError> {
        let scope = knownScope()
        guard let kind = scope.kind(of: name) else {
            return await answer(.name(name, options), name, options).result
        }
        let shared = await answer(.kind(kind, options), name, options)
        if shared.about == name { return shared.result }
        if let own = try? scope.answer(shared.result.get(), about: shared.about, for: name) {
            return .success(own)
        }
        return await answer(.name(name, options), name, options).result
    }

    private func answer(
        _ subject: Subject, _ name: String, _ options: SSHOptions? = nil
    ) async -> (result: Result<SSHConfigAnswer, SSHConfigError>, about: String) {
        while true {
            switch answers[subject] {
            case .known(let result, let about): return (result, about)
            case .asked(let waiting):
                await withCheckedContinuation { answers[subject] = .asked(waiting + [$0]) }
            case nil:
                answers[subject] = .asked([])
                await processes.enter()
                let result = await lookup.result(
                    for: subject.jump ?? SSHJump(host: name), options,
                    isReadTwice: knownScope().isReadTwice, isJump: subject.jump != nil)
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
