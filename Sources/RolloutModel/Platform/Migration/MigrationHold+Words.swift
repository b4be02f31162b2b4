extension MigrationHold {
    /// The observation, as one sentence without its full stop.
    public var says: String {
        switch self {
        case .controllerSilent(let side, let why): "the \(side.rawValue) controller does not answer: \(why)"
        case .controllerAPIUnknown(let side, let api):
            "the \(side.rawValue) controller has version \(api) of its API, which turnstile was not made for"
        case .tokenRefused(let side): "the \(side.rawValue) controller does not know the token"
        case .tokenNotAdmin(let side):
            """
            the token of the \(side.rawValue) controller is not an administrator's: applications of other owners would \
            be passed over
            """
        case .listUnsteady(let side):
            "the \(side.rawValue) controller's lists changed each time that they were read"
        case .listUnreadable(let side, let why):
            "the \(side.rawValue) controller's lists could not be read: \(why)"
        case .sameController: "the old and the new controller are one and the same"
        case .claimedByOther(let holder): "another migration to this cluster is under way: \(holder)"
        case .claimLost(let holder):
            "this migration was taken over\(holder.map { " by another: \($0)" } ?? "")"
        case .claimFailed(let why):
            "the application 'turnstile-migration', which keeps other operators out: \(why)"
        case .applicationUnreadable(let side, let why):
            "it could not be read at the \(side.rawValue) cluster: \(why)"
        case .idReserved(let id): "Deis gives the id '\(id)' to no application"
        case .idTwice(let id): "two applications would get the id '\(id)'"
        case .idTaken(let id, let owner):
            "the new cluster has an application '\(id)' of \(owner), which this migration did not create"
        case .registryUnnamed: "it has an image, and the old registry was not named"
        case .certificateUnreadable(let name, let why): "the certificate of \(name) cannot be read: \(why)"
        case .actRefused(let act, let status, let said):
            "the new controller was asked to \(act), and answered \(status): \(said)"
        case .actUnheard(let act, let why):
            "the new controller was asked to \(act), and did not answer: \(why)"
        case .actWithoutEffect(let act, let asks):
            "the new controller was asked \(asks) times to \(act), and said yes without effect"
        case .containersNotUp(let wanted, let up): "its processes are not up: \(Self.counts(up, of: wanted))"
        case .answersDiffer(let differences):
            "it does not answer as at the old cluster: "
                + Names.text(differences.map(\.description))
        case .namesUnknown(let differences):
            "the new routers answer as for names that they do not know: "
                + Names.text(differences.map(\.description))
        case .routersUnnamed: "no router of the new cluster was named: nothing could be proved"
        case .oldRoutersUnnamed:
            """
            no router of the old cluster was named, and the names of what was proved once may lead to the new cluster by \
            now, which would be compared with itself
            """
        case .deployedSince(let carried, let now):
            "v\(carried) was carried, and the old cluster has v\(now) now"
        case .stoppedByPerson: "the operator asked to stop"
        }
    }

    private static func counts(_ up: [String: Int], of wanted: [String: Int]) -> String {
        Names.text(wanted.sorted { $0.key < $1.key }.map { "\($0.key) \(up[$0.key] ?? 0) of \($0.value)" })
    }

    /// The steps for a person to take. Commands are completed where they are shown.
    public var remedy: [String] {
        switch self {
        case .controllerSilent(let side, _):
            [
                "see that --\(side.rawValue) names the controller, and that it answers here: 'curl -i URL/v1/' says 401"
            ]
        case .controllerAPIUnknown: ["do this by hand: turnstile knows the API of Deis 1.8 to 1.13.4"]
        case .tokenRefused(let side):
            [
                """
                log in there, and put the token of ~/.deis/client.json into the file of --\(side.rawValue)-token-file
                """
            ]
        case .tokenNotAdmin: ["use an administrator's token: 'deis perms:create USER --admin' makes one"]
        case .listUnsteady, .listUnreadable:
            ["run the command again; let nobody create applications meanwhile"]
        case .sameController: ["name two clusters with --old and --new"]
        case .claimedByOther:
            [
                "wait for its end, which its operator sees by 'turnstile platform migrate status'",
                "only if its turnstile is dead for good, run with --take-over",
            ]
        case .claimLost: ["find out who did so, and why", "only if they have stopped, run with --take-over"]
        case .claimFailed: ["do what the controller says, and run again: that goes on with the application"]
        case .applicationUnreadable: ["mend what is said there, and run again"]
        case .idReserved(let id): ["give it another id: --rename \(id)=NEW-ID"]
        case .idTwice: ["give each an id of its own: --rename OLD-ID=NEW-ID"]
        case .idTaken(let id, _):
            [
                "if it is this application's, run with --adopt \(id)",
                "or give this one another id: --rename OLD-ID=NEW-ID",
            ]
        case .registryUnnamed:
            [
                "name the old registry as the new hosts reach it: --registry HOST:5000",
                "docker on the new hosts must take it for an insecure registry",
            ]
        case .certificateUnreadable: ["mend the file in the directory of --certificates, and run again"]
        case .actRefused(.pull, _, _):
            [
                "see that the old registry has that image, and that the new hosts reach it: 'docker pull IMAGE' there",
                "run again",
            ]
        case .actRefused(.addDomain(let domain), _, _):
            [
                "see which application of the new cluster has \(domain), and remove it there, or here; run again"
            ]
        case .actRefused(_, 413, _):
            [
                "routers there take no document so long: 'deisctl config router set bodySize=8m' at the new cluster",
                "run again",
            ]
        case .actRefused, .actWithoutEffect: ["do what the controller says, and run again"]
        case .actUnheard: ["run again: turnstile looks first whether it was done"]
        case .containersNotUp: ["see 'deis ps' and 'deis logs' of it at the new cluster, and run again"]
        case .answersDiffer:
            [
                "see 'deis logs' of it at the new cluster: does it reach its data from there?",
                "run again once it answers as before",
            ]
        case .namesUnknown(let differences):
            [
                "see 'deis ps' and 'deis domains' of it at the new cluster: is a process published, and is the name its own?",
                "run again once each new router knows the name",
            ]
                + (differences.contains { $0.expected == nil }
                    ? [
                        "name the old cluster's routers with --old-router, so that there is something to compare with"
                    ]
                    : [])
        case .routersUnnamed: ["name each router of the new cluster: --new-router ADDRESS"]
        case .oldRoutersUnnamed: ["name each router of the old cluster: --old-router ADDRESS"]
        case .deployedSince: ["carry it once more with --again, before its names in DNS are changed"]
        case .stoppedByPerson: ["run again when ready"]
        }
    }
}

extension MigrationHold.Difference: CustomStringConvertible {
    public var description: String {
        "\(name) through \(router) says \(status.map(String.init) ?? "nothing"), "
            + (expected.map { "not \($0)" } ?? "and nothing is known of the old cluster's answer")
    }
}
