/// How an agent of the stand-in is unkind. The word is read anew for each question.
enum ConsulFault: String, CaseIterable, Hashable, Sendable {
    /// autopilot finds a server that is not well, and answers 429.
    case unhealthy
    /// Too many questions: 429, and no JSON.
    case limited
    case leaderless
    /// Every answer takes longer than anybody waits.
    case slow
    /// A member that was seen once stays alive for ever.
    case stale
    /// Consul's ACLs let nobody see anything.
    case denied
    /// The token may see no nodes: the list is empty, and the status 200.
    case filtered
    /// Something else answers, with a page.
    case html
    /// The agent of another host answers.
    case stranger
}
