/// The stored properties of each type that have a value somewhere in a value, and those that have none anywhere.
package struct FilledFields {
    private var seen: [String: (all: Set<String>, filled: Set<String>)] = [:]

    package init(in value: Any) { look(into: value) }

    /// The properties of a type that are nil wherever it was found; all of them where it was not found.
    package func empty(of type: Any.Type) -> [String] {
        guard let fields = seen["\(type)"] else { return ["\(type)"] }
        return fields.all.subtracting(fields.filled).sorted()
    }

    private mutating func look(into value: Any) {
        let mirror = Mirror(reflecting: value)
        for child in mirror.children {
            let isNil = Mirror(reflecting: child.value).isEmptyOptional
            if mirror.displayStyle == .struct, let label = child.label {
                seen["\(type(of: value))", default: ([], [])].all.insert(label)
                if !isNil { seen["\(type(of: value))", default: ([], [])].filled.insert(label) }
            }
            look(into: child.value)
        }
    }
}

extension Mirror {
    fileprivate var isEmptyOptional: Bool { displayStyle == .optional && children.isEmpty }
}
