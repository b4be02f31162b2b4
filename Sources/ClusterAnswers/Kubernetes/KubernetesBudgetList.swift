public import HostFiles

/// A PodDisruptionBudget.
public struct KubernetesBudget: Hashable, Sendable {
    public var namespace: String
    public var name: String
    /// How many of its pods may be evicted now.
    public var disruptionsAllowed: Int
    /// nil selects no pod.
    var selector: Selector?

    public var fullName: String { "\(namespace)/\(name)" }

    public func selects(_ pod: KubernetesPod) -> Bool {
        guard pod.namespace == namespace, let selector else { return false }
        let labels = selector.matchLabels ?? [:]
        return labels.allSatisfy { pod.labels[$0.key] == $0.value }
            && (selector.matchExpressions ?? []).allSatisfy { $0.matches(pod.labels) }
    }

    /// A selector of labels: all of it must match.
    struct Selector: Decodable, Hashable, Sendable {
        var matchLabels: [String: String]?
        var matchExpressions: [Expression]?
    }

    struct Expression: Decodable, Hashable, Sendable {
        var key: String
        var `operator`: Operator
        var values: [String]?

        enum Operator: String, Decodable, Hashable, Sendable {
            case `in` = "In"
            case notIn = "NotIn"
            case exists = "Exists"
            case doesNotExist = "DoesNotExist"
        }

        func matches(_ labels: [String: String]) -> Bool {
            let value = labels[key]
            return switch self.operator {
            case .in: value.map { (values ?? []).contains($0) } ?? false
            case .notIn: value.map { !(values ?? []).contains($0) } ?? true
            case .exists: value != nil
            case .doesNotExist: value == nil
            }
        }
    }
}

/// `kubectl get poddisruptionbudgets --all-namespaces --output json`.
public struct KubernetesBudgetList: Hashable, Sendable {
    public var budgets: [KubernetesBudget]

    public init(_ text: String) throws(MalformedText) {
        let list = try JSONText.decode(
            List.self, from: text, as: .kubernetesBudgets, bytesMax: KubernetesPodList.bytesMax)
        budgets = []
        for item in list.items {
            budgets.append(
                KubernetesBudget(
                    namespace: try KubernetesName.check(item.metadata.namespace, as: .kubernetesBudgets),
                    name: try KubernetesName.check(item.metadata.name, as: .kubernetesBudgets),
                    disruptionsAllowed: item.status?.disruptionsAllowed ?? 0, selector: item.spec?.selector))
        }
    }

    /// The budgets that let none of these pods go now, in order of their names.
    public func blocking(_ pods: [KubernetesPod]) -> [KubernetesBudget] {
        budgets.filter { budget in budget.disruptionsAllowed < 1 && pods.contains { budget.selects($0) } }
            .sorted { $0.fullName < $1.fullName }
    }

    private struct List: Decodable {
        var items: [Item]

        struct Item: Decodable {
            var metadata: Metadata
            var spec: Spec?
            var status: Status?
        }

        struct Metadata: Decodable {
            var namespace: String
            var name: String
        }

        struct Spec: Decodable {
            var selector: KubernetesBudget.Selector?
        }

        struct Status: Decodable {
            var disruptionsAllowed: Int?
        }
    }
}
