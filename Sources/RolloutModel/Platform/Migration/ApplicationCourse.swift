/// The course of one application's migration so far, by its record.
public struct ApplicationCourse: Hashable, Sendable {
    /// The old release that was carried last.
    public private(set) var release: Int?
    public private(set) var answers: [ExpectedAnswer] = []
    /// True if the new cluster's application of that id is this migration's, without a doubt. See `owns(_:)`.
    public private(set) var isOwn = false
    /// The act that was asked for and has no answer.
    public private(set) var open: Open?
    /// The act that the controller called done last, and how often without another one between.
    public private(set) var last: MigrationAct?
    public private(set) var repeats = 0
    public private(set) var isProved = false
    /// The name that the new platform gave to it; nil before it was proved.
    public private(set) var name: DomainName?
    /// The reservations about its proof.
    public private(set) var remarks: [ProofRemark] = []
    public private(set) var holds: [MigrationHold] = []
    public private(set) var names = Names.unasked

    public struct Open: Hashable, Sendable {
        public var act: MigrationAct
        /// The seconds since 1970 at which it was asked for.
        public var at: Int64
    }

    /// The place of the application's names in DNS.
    public enum Names: String, Codable, Hashable, Sendable {
        case unasked, asked, told, cutOver
    }

    public init() {}

    /// True if the application was proved, and is to be carried once more.
    public var isReopened: Bool { name != nil && !isProved }

    /// True if the new cluster's application of that id is this migration's: it was created, or a person said so, or the
    /// creation was asked for without an answer and the application is as it was created. Nothing of anybody's is
    /// overwritten in the last case, whoever created it.
    public func owns(_ found: ApplicationPicture) -> Bool {
        isOwn || (open?.act == .create && found.isNew)
    }

    mutating func apply(_ event: MigrationEvent) {
        switch event {
        case .opened, .planned, .attached, .claiming, .claimed, .released: break
        case .began(_, let release, let answers):
            (self.release, self.answers, holds) = (release, answers, [])
            (last, repeats, remarks) = (nil, 0, [])
        case .adopted: isOwn = true
        case .reopened: isProved = false
        case .asking(_, let act, let at):
            // An act other than its creation is asked for only of an application that was found to be this migration's.
            if act != .create, open?.act == .create { isOwn = true }
            open = Open(act: act, at: at)
        case .answered(_, let act, let answer): take(answer, to: act)
        case .proved(_, let name): (isProved, self.name, holds, open) = (true, name, [], nil)
        case .remarked(_, let remarks): self.remarks = remarks
        case .held(_, let holds): self.holds = holds
        case .naming: names = .asked
        case .named: names = .told
        case .cutOver: names = .cutOver
        }
    }

    private mutating func take(_ answer: MigrationEvent.Answer, to act: MigrationAct) {
        switch answer {
        case .done:
            open = nil
            if act == .create { isOwn = true }
            (last, repeats) = (act, last == act ? repeats + 1 : 1)
        case .refused(let status, let said):
            open = nil
            // An application of that id was there before: it is somebody else's.
            if act == .create { isOwn = false }
            holds = [.actRefused(act, status: status, said: said)]
        // The act stays open: it is looked for before it is asked for again.
        case .unheard: break
        }
    }
}

extension MigrationEvent {
    /// The application that the event is about.
    public var application: ApplicationID? {
        switch self {
        case .opened, .planned, .attached, .claiming, .claimed, .released: nil
        case .began(let id, _, _), .adopted(let id), .reopened(let id), .asking(let id, _, _),
            .answered(let id, _, _), .proved(let id, _), .remarked(let id, _), .held(let id, _),
            .naming(let id), .named(let id),
            .cutOver(let id):
            id
        }
    }
}
