/// Deis' components run as they ran before, where Deis is the platform (facts 9.3).
struct DeisGate {
    var before: DeisComponents

    func holds(_ checkpoint: Checkpoint, in inventory: Inventory) -> [DeisHold] {
        guard checkpoint.waitsForUnits else { return [] }
        return before.comparison(
            with: inventory.deis, down: { .deisDown(components: $0, seenBy: $1) },
            unknown: { .deisUnknown(why: $0, through: $1) })
    }
}
