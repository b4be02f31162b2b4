extension RolloutMachine {
    /// Takes an event from a journal of an earlier format.
    ///
    /// Machines of that time had other rules about the holds that a person's word ends. A hold that the next event left
    /// behind is left here, too; a word about a hold that is over says nothing. No host gets the word that a reverted one
    /// needs by this.
    public mutating func handle(former event: Event) throws(IllegalEvent) -> [Directive] {
        do throws(IllegalEvent) {
            return try handle(event)
        } catch {
            if case .resumed = event { return [] }
            guard state.held != nil else { throw error }
            var next = self
            _ = try next.handle(.resumed(retryReverted: true))
            next.facts.revertsAccepted = revertsAccepted
            let directives = try next.handle(event)
            self = next
            return directives
        }
    }
}
