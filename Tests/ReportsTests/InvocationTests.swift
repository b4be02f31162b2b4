import Testing

@testable import Reports

@Suite struct InvocationTests {
    static let named = Invocation(config: "a b/t.yaml")

    @Test(arguments: [
        ("make 'turnstile audit b' succeed", "make 'turnstile --config 'a b/t.yaml' audit b' succeed"),
        ("with `turnstile unlock r-1`", "with `turnstile --config 'a b/t.yaml' unlock r-1`"),
        (
            "'turnstile a', then 'turnstile b'",
            "'turnstile --config 'a b/t.yaml' a', then 'turnstile --config 'a b/t.yaml' b'"
        ),
        ("another turnstile took over", "another turnstile took over"),
    ])
    func commandsInATextAreCompleted(text: String, completed: String) {
        #expect(Self.named.completing(text) == completed)
        // Once.
        #expect(Self.named.completing(completed) == completed)
        #expect(Invocation().completing(text) == text)
    }

    @Test func aCommandHasItsOptions() {
        #expect(Invocation().command("resume r-1") == "turnstile resume r-1")
        #expect(Invocation(config: "ops/t.yaml").command("plan") == "turnstile --config ops/t.yaml plan")
        #expect(Self.named.command("resume r-1") == "turnstile --config 'a b/t.yaml' resume r-1")
    }
}
