import RolloutModel
public import Rollouts

extension MigrationPort {
    /// The port to two clusters.
    ///
    /// - Parameters:
    ///   - old, new: the controllers.
    ///   - client: asks the routers.
    ///   - operatorName: `user@machine`.
    public static func live(
        _ plan: MigrationPlan, old: ControllerClient, new: ControllerClient, client: WebClient,
        certificates: CertificateSource, operatorName: String
    ) -> MigrationPort {
        let claim = MigrationClaim(new, id: plan.id, operatorName: operatorName)
        let hands = ApplicationHands(controller: new, certificates: certificates)
        let controller: @Sendable (MigrationSide) -> ControllerClient = { $0 == .old ? old : new }
        return MigrationPort(
            roll: { side throws(MigrationHold) in try await controller(side).roll() },
            picture: { side, id throws(MigrationHold) in
                try await controller(side).picture(of: id)
            },
            perform: { await hands.perform($0, $1, $2) },
            answers: { side, names in
                let routers = side == .old ? plan.old.routers : plan.new.routers
                return await ApplicationProbe(client: client, routers: routers).answers(names)
            },
            certificates: certificates.names,
            claim: Claim(
                take: { mayBeOwn, takesOver throws(MigrationHold) in
                    try await claim.take(mayBeOwn: mayBeOwn, takesOver: takesOver)
                },
                verify: { () throws(MigrationHold) in try await claim.verify() },
                release: { () throws(MigrationHold) in try await claim.release() }))
    }
}
