import HostFiles
import RolloutModel
import Rollouts

extension EtcdReading {
    /// Hands leadership from the host's member to another voter that is healthy, where that member leads. By the gateway,
    /// as from 3.3 (`MoveLeader` of etcd's maintenance service).
    ///
    /// - Returns: the member that was asked to lead; nil where another led already.
    /// - Throws: `HostFault` where it could not be asked, refused, or there is nobody to hand it to.
    func moveLeader(awayFrom host: HostID) async throws(HostFault) -> EtcdMemberID? {
        let (member, place) = try await ownMember(of: host)
        guard let leader = member.leader else {
            throw HostFault(
                host: host, kind: .answerUnreadable,
                why: "\(place.url) is answered by member \(member.id), which sees no leader")
        }
        guard leader == member.id else { return nil }
        let voters = try await view(from: host).members.filter { !$0.isLearner && $0.health == .healthy }
        let others = voters.filter { $0.id != member.id }
        guard let heir = others.first, let number = heir.id.number else {
            throw HostFault(host: host, kind: .commandFailed, why: "no other healthy member could lead etcd")
        }
        let answers = try await place.http.send(
            EtcdSighting.gatewayPrefixes.map {
                .post(
                    url: place.url + $0 + "/maintenance/transfer-leadership",
                    json: #"{"targetID":"\#(number)"}"#)
            })
        guard answers.contains(where: { $0.status == 200 }) else {
            let said =
                answers[0].status.map { "answered \($0), \(answers[0].body.prefix(120))" } ?? "did not answer"
            throw HostFault(
                host: host, kind: .commandFailed,
                why: "\(place.url)/v3/maintenance/transfer-leadership \(said)\(words(of: answers))")
        }
        return heir.id
    }
}
