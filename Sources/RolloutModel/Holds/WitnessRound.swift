/// The hold reasons of all witnesses. A look asks only some witnesses; a witness's reason stays until that witness has
/// answered again.
public struct WitnessRound: Sendable {
    private var kept: [HoldReason] = []

    public init() {}

    /// - Parameter inventory: the look that these reasons were found in.
    /// - Returns: these reasons, and the last ones of witnesses that this look did not ask.
    public mutating func merge(_ reasons: [HoldReason], of inventory: Inventory) -> [HoldReason] {
        let others = kept.filter { reason in
            reason.witness.map { !inventory.asked($0, about: reason) } ?? false
        }
        let merged = reasons + others.filter { !reasons.contains($0) }
        kept = merged.filter { $0.witness != nil }
        return merged
    }
}

extension Inventory {
    fileprivate func asked(_ witness: HostID, about reason: HoldReason) -> Bool {
        switch reason {
        case .fleet(.unitsDown), .fleet(.unitsUnknown): units[witness] != nil
        case .deis(.deisDown), .deis(.deisUnknown): deis[witness] != nil
        default: etcd[witness] != nil
        }
    }
}
