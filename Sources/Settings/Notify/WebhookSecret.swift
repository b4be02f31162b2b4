/// A text that is shown nowhere: the address of a webhook, or its token.
package struct WebhookSecret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    package let value: String

    init(_ value: String) { self.value = value }

    package var description: String { "a secret" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
