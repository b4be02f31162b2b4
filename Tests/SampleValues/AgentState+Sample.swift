import AgentProtocol

extension AgentState {
    /// The state of an agent that has done little.
    package static func sample(
        agentVersion: String, protocolVersion: Int = ProtocolVersion.current, phase: HostPhase,
        authority: Authority?, claim: Claim? = nil, highestToken: Token? = nil, journal: SeenJournal? = nil,
        version: String?, goal: GoalState? = nil, holdsOriginal: Bool = false,
        etcdVersionBefore: String? = nil, revertedFrom: String? = nil, deadManMinutes: Int? = nil,
        contents: PartitionContents? = nil, prefetch: PrefetchState? = nil
    ) -> AgentState {
        AgentState(
            agentVersion: agentVersion, protocolVersion: protocolVersion, phase: phase, authority: authority,
            claim: claim, highestToken: highestToken, journal: journal, version: version, goal: goal,
            holdsOriginal: holdsOriginal, etcdVersionBefore: etcdVersionBefore, revertedFrom: revertedFrom,
            deadManMinutes: deadManMinutes, contents: contents, prefetch: prefetch)
    }
}
