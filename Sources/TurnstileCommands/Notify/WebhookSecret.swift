/// A text that is shown nowhere: the address of a webhook, or its token.
struct WebhookSecret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    let value: String

    init(_ value: String) { self.value = value }

    var description: String { "a secret" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
