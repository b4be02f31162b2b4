/// The values of any type somewhere in a value.
package struct FoundValues {
    private var values: [Any] = []

    package init(in value: Any) { look(into: value) }

    package func of<Value>(_ type: Value.Type) -> [Value] { values.compactMap { $0 as? Value } }

    private mutating func look(into value: Any) {
        values.append(value)
        for child in Mirror(reflecting: value).children { look(into: child.value) }
    }
}
