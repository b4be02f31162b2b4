import RolloutModel

/// The gates that the operator added: hooks and pages. How they are performed is given from outside.
public struct OperatorGates: Sendable {
    /// The configured hooks, and the place that each of them runs in.
    public var hooks: [Hook: HookPlace]
    /// Runs a hook on a host, or on the operator's machine where the host is nil.
    public var run: @Sendable (HookCall, _ on: HostID?) async -> HookAnswer
    /// The pages, which are asked wherever the hook `gate` is.
    public var pages: [Page]

    public struct Page: Sendable {
        /// The name for messages and the journal, without secrets.
        public var name: String
        /// Asks why the page is shut; nil where it is open.
        public var ask: @Sendable () async -> String?

        public init(name: String, ask: @escaping @Sendable () async -> String?) {
            self.name = name
            self.ask = ask
        }
    }

    public init(
        hooks: [Hook: HookPlace], run: @escaping @Sendable (HookCall, _ on: HostID?) async -> HookAnswer,
        pages: [Page] = []
    ) {
        self.hooks = hooks
        self.run = run
        self.pages = pages
    }

    public static let none = OperatorGates(hooks: [:]) { _, _ in .proceed(output: "") }

    /// A copy without the gates that a person overrides.
    func without(_ overrides: [GateOverride]) -> OperatorGates {
        var rest = self
        for override in overrides {
            switch override.gate {
            case .hooks: rest.hooks = [:]
            case .http: rest.pages = []
            case .etcdAfter, .fleetTTL, .units, .unitsFailed, .deis, .window, .space, .clock, .drift, .others:
                break
            }
        }
        return rest
    }

    /// The hooks and pages to be asked at a checkpoint, in order.
    func questions(
        at checkpoint: Checkpoint, of host: HostID, in plan: Plan, target: Version?
    ) -> [Question] {
        Hook.due(at: checkpoint, of: host, in: plan).flatMap { hook -> [Question] in
            let call = HookCall(
                hook: hook, rollout: plan.rollout, host: hook.concernsHost ? host : nil,
                checkpoint: hook.concernsHost ? checkpoint : nil, target: target)
            let own = hooks[hook].map { Question.hook(call, on: $0.host(concerned: host)) }
            return (own.map { [$0] } ?? []) + (hook == .gate ? pages.map(Question.page) : [])
        }
    }

    /// The hook and the pages to be asked before the first step that changes a platform. Hooks that concern a host are
    /// not asked, as no host is at work.
    func questionsBeforePlatform(of plan: Plan) -> [Question] {
        let call = HookCall(
            hook: .beforeRollout, rollout: plan.rollout, platform: plan.platform?.wish.version)
        let own = hooks[.beforeRollout].map { Question.hook(call, on: $0.host(concerned: nil)) }
        return (own.map { [$0] } ?? []) + pages.map(Question.page)
    }

    enum Question: Sendable {
        case hook(HookCall, on: HostID?)
        case page(Page)

        var title: String {
            switch self {
            case .hook(let call, nil): "for your hook '\(call.hook)'"
            case .hook(let call, let host?): "for your hook '\(call.hook)' on '\(host)'"
            case .page(let page): "for \(page.name)"
            }
        }
    }

    enum Answer: Sendable {
        case open
        /// The gate is shut for now; a later answer may differ.
        case shut(HoldReason)
        case failed(HoldReason)

        /// The reason why the gate does not let through; nil where it does.
        var reason: HoldReason? {
            switch self {
            case .open: nil
            case .shut(let reason), .failed(let reason): reason
            }
        }
    }

    /// The answer, and the word of a hook where one was asked.
    func answer(_ question: Question) async -> (Answer, HookWord?) {
        switch question {
        case .page(let page):
            guard let why = await page.ask() else { return (.open, nil) }
            return (.shut(.operatorGate(.pageShut(url: page.name, why: why))), nil)
        case .hook(let call, let host):
            return answer(call, on: host, await run(call, host))
        }
    }

    /// Runs the hook after the rollout, which nothing waits for, where there is one.
    ///
    /// - Returns: the reason why the hook failed, and its word.
    public func askAfterRollout(_ machine: RolloutMachine) async -> (HoldReason?, HookWord?) {
        guard let place = without(machine.overrides).hooks[.afterRollout] else { return (nil, nil) }
        let call = HookCall(
            hook: .afterRollout, rollout: machine.plan.rollout, target: machine.target,
            platform: machine.plan.platform?.wish.version)
        let (answer, word) = await answer(.hook(call, on: place.host(concerned: nil)))
        return (answer.reason, word)
    }

    private func answer(_ call: HookCall, on host: HostID?, _ answer: HookAnswer) -> (Answer, HookWord?) {
        func word(_ verdict: HookWord.Verdict, _ output: String) -> HookWord {
            HookWord(
                hook: call.hook, on: host, host: call.host, checkpoint: call.checkpoint, verdict: verdict,
                output: output)
        }
        switch answer {
        case .proceed(let output):
            return (.open, word(.proceed, output))
        case .hold(let output):
            let reason = HoldReason.operatorGate(.hookHolds(call.hook, on: host, output: output.lastLine))
            return (.shut(reason), word(.hold, output))
        case .failed(let why, let output):
            let reason = HoldReason.operatorGate(
                .hookFailed(call.hook, on: host, why: why, output: output.lastLine))
            return (.failed(reason), word(.fail, output))
        case .unheard(let why, let trouble):
            return (.shut(.operatorGate(.hookUnheard(call.hook, on: host, why: why, trouble: trouble))), nil)
        }
    }
}
