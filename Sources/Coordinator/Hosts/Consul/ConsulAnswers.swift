import ClusterAnswers
import HostFiles
import RolloutModel
import Rollouts

/// The answers of one agent to one look.
struct ConsulAnswers {
    let host: HostID
    /// The agent's URL.
    let url: String
    let token: ConsulToken?
    private let answers: [ConsulQuestion: HostHTTP.Answer]

    /// - Parameter answers: in the order of the questions.
    init(_ answers: [HostHTTP.Answer], of host: HostID, url: String, token: ConsulToken?) {
        self.host = host
        self.url = url
        self.token = token
        self.answers = Dictionary(
            zip(ConsulQuestion.allCases, answers).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
    }

    func agent() throws(HostFault) -> ConsulAgent {
        try read(.agent) { body throws(MalformedText) in try ConsulAgent(body) }
    }

    /// The members of the agent's own datacenter.
    func members(of agent: ConsulAgent) throws(HostFault) -> [ConsulMemberList.Member] {
        let list = try read(.members) { body throws(MalformedText) in try ConsulMemberList(body) }
        let members = list.members.filter { $0.datacenter == nil || $0.datacenter == agent.datacenter }
        guard members.contains(where: { $0.id == agent.id }) else {
            // Consul leaves out what a token may not see, and says 200.
            throw fault(.members, token.advice("its list of members lacks the agent itself"))
        }
        return members
    }

    /// nil while there is no leader.
    func raft() throws(HostFault) -> ConsulRaft? {
        let leader = try unlessLeaderless(.leader) { body throws(MalformedText) in try ConsulLeader(body) }
        guard leader?.place != nil else { return nil }
        let raft = try unlessLeaderless(.raft) { body throws(MalformedText) in try ConsulRaft(body) }
        return raft.flatMap { $0.servers.contains(where: \.isLeader) ? $0 : nil }
    }

    func health() throws(HostFault) -> ConsulHealth {
        try read(.health, statuses: [200, 429]) { body throws(MalformedText) in
            try ConsulHealth(body)
        }
    }

    /// - Returns: nil where Consul says that it has no leader.
    private func unlessLeaderless<Value>(
        _ question: ConsulQuestion, _ parse: (String) throws(MalformedText) -> Value
    ) throws(HostFault) -> Value? {
        if let answer = answers[question], answer.status == 500, answer.body.contains("No cluster leader") {
            return nil
        }
        return try read(question, parse)
    }

    private func read<Value>(
        _ question: ConsulQuestion, statuses: Set<Int> = [200],
        _ parse: (String) throws(MalformedText) -> Value
    ) throws(HostFault) -> Value {
        guard let answer = answers[question], let status = answer.status else {
            let complaint = answers[question]?.complaint.map { " (\($0))" } ?? ""
            throw fault(question, "it did not answer\(complaint)")
        }
        guard statuses.contains(status) else {
            let said = ForeignText.line(answer.body, charactersMax: 160)
            let refusal = "it answered \(status)" + (said.isEmpty ? "" : ", \(said)")
            throw fault(question, [401, 403].contains(status) ? token.advice(refusal) : refusal)
        }
        do {
            return try parse(answer.body)
        } catch {
            throw fault(question, status == 200 ? "\(error)" : "it answered \(status): \(error)")
        }
    }

    private func fault(_ question: ConsulQuestion, _ why: String) -> HostFault {
        HostFault(host: host, kind: .answerUnreadable, why: "\(url)\(question.path): \(why)")
    }
}
