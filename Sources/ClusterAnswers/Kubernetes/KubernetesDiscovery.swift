public import HostFiles

/// The abilities that an API server names. `kubectl drain` deletes pods, past their budgets, where these two do not say
/// that it can evict them.
public enum KubernetesDiscovery {
    /// `GET /api/v1`: whether pods have the subresource `eviction`, and of which group and version: one kubectl or another
    /// asks for each of these.
    public static func hasEviction(resources text: String) throws(MalformedText) -> Bool {
        let list = try JSONText.decode(ResourceList.self, from: text, as: .kubernetesDiscovery)
        return list.resources.contains {
            $0.name == "pods/eviction" && $0.kind == "Eviction" && $0.group == "policy"
                && $0.version?.isEmpty == false
        }
    }

    /// `GET /apis`: whether there is the group `policy`.
    public static func hasPolicy(groups text: String) throws(MalformedText) -> Bool {
        let list = try JSONText.decode(GroupList.self, from: text, as: .kubernetesDiscovery)
        return list.groups.contains { $0.name == "policy" }
    }

    private struct ResourceList: Decodable {
        var resources: [Resource]

        struct Resource: Decodable {
            var name: String
            var kind: String
            var group: String?
            var version: String?
        }
    }

    private struct GroupList: Decodable {
        var groups: [Group]

        struct Group: Decodable {
            var name: String
        }
    }
}
