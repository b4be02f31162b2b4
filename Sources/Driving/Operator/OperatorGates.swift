import RolloutModel

/// What the operator added to the gates, whatever performs it.
public struct OperatorGates: Sendable {
    /// The hooks that are there.
    public var hooks: Set<Hook>
    public var run: @Sendable (HookCall) async -> HookAnswer
    /// Asked wherever the hook `gate` is.
    public var pages: [Page]

    public struct Page: Sendable {
        /// As messages and the journal may have it: without secrets.
        public var name: String
        /// Why it is shut; nil where it is open.
        public var ask: @Sendable () async -> String?

        public init(name: String, ask: @escaping @Sendable () async -> String?) {
            self.name = name
            self.ask = ask
        }
    }

    public init(
        hooks: Set<Hook>, run: @escaping @Sendable (HookCall) async -> HookAnswer, pages: [Page] = []
    ) {
        self.hooks = hooks
        self.run = run
        self.pages = pages
    }

    public static let none = OperatorGates(hooks: []) { _ in .proceed(output: "") }

    /// Without what a person passes over.
    func without(_ overrides: [GateOverride]) -> OperatorGates {
        var rest = self
        for override in overrides {
            switch override.gate {
            case .hooks: rest.hooks = []
            case .http: rest.pages = []
            case .etcdAfter, .units, .window, .space, .clock, .drift: break
            }
        }
        return rest
    }

    /// What of it is asked at a checkpoint, in order.
    func questions(
        at checkpoint: Checkpoint, of host: HostID, in plan: Plan, target: Version?
    ) -> [Question] {
        Hook.due(at: checkpoint, of: host, in: plan).flatMap { hook -> [Question] in
            let call = HookCall(
                hook: hook, rollout: plan.rollout, host: host, checkpoint: checkpoint, target: target)
            let own = hooks.contains(hook) ? [Question.hook(call)] : []
            return own + (hook == .gate ? pages.map(Question.page) : [])
        }
    }

    enum Question: Sendable {
        case hook(HookCall)
        case page(Page)

        var title: String {
            switch self {
            case .hook(let call): "for your hook '\(call.hook)'"
            case .page(let page): "for \(page.name)"
            }
        }
    }

    enum Answer: Sendable {
        /// `said` is what a hook printed last; empty where that is nothing.
        case open(said: String)
        /// It may change its mind.
        case shut(HoldReason)
        case failed(HoldReason)
    }

    func answer(_ question: Question) async -> Answer {
        switch question {
        case .page(let page):
            guard let why = await page.ask() else { return .open(said: "") }
            return .shut(.pageShut(url: page.name, why: why))
        case .hook(let call):
            return switch await run(call) {
            case .proceed(let output): .open(said: output)
            case .hold(let output): .shut(.hookHolds(call.hook, output: output))
            case .failed(let why, let output): .failed(.hookFailed(call.hook, why: why, output: output))
            }
        }
    }
}
