import RolloutModel

/// The report of `platform migrate plan`, `run` and `status`.
package struct MigrationReport: Encodable {
    var old: String
    var new: String
    /// The operator of the newest run; nil before the first.
    var operatorName: String?
    var record: String
    var applications: [Application]
    /// Users of the old cluster who have not registered at the new one; nil where nobody asked.
    package var absentUsers: [String]?
    /// The holds with which no application can go on.
    var holds: [Hold]

    struct Application: Encodable {
        var id: String
        var newID: String
        var owner: String?
        var release: Int?
        var processes: [String: Int]?
        var names: [String]
        var standing: String
        /// The acts that are left; nil where nobody looked.
        var left: [String]?
        /// The reservations about its proof.
        var remarks: [String]
        var holds: [Hold]
    }

    struct Hold: Encodable {
        var says: String
        var remedy: [String]

        init(_ hold: MigrationHold, _ invocation: Invocation) {
            says = invocation.completing(hold.says)
            remedy = hold.remedy.map(invocation.completing)
        }
    }

    private var held: [MigrationHold] = []
    private var heldApplications: [(ApplicationID, [MigrationHold])] = []

    private enum CodingKeys: String, CodingKey {
        case old, new, operatorName, record, applications, absentUsers, holds
    }

    /// The report of what the record tells.
    package init(_ state: MigrationState, path: String, _ invocation: Invocation) {
        self.init(state.plan, state, path: path)
        for (id, course) in state.courses.sorted(by: { $0.key < $1.key }) {
            add(id, nil, course, course.holds, nil, invocation)
        }
    }

    package init(_ plan: MigrationPlan, _ state: MigrationState?, path: String) {
        old = plan.old.url
        new = plan.new.url
        operatorName = state?.operatorName
        record = path
        applications = []
        holds = []
        self.plan = plan
    }

    private let plan: MigrationPlan

    package mutating func add(_ hold: MigrationHold, _ invocation: Invocation) {
        held.append(hold)
        holds.append(Hold(hold, invocation))
    }

    package mutating func add(
        _ id: ApplicationID, _ picture: ApplicationPicture?, _ course: ApplicationCourse,
        _ found: [MigrationHold], _ left: [MigrationAct]?, _ invocation: Invocation
    ) {
        if !found.isEmpty { heldApplications.append((id, found)) }
        applications.append(
            Application(
                id: id.text, newID: plan.newID(of: id).text, owner: picture?.owner.text,
                release: picture?.release.version ?? course.release, processes: picture?.running,
                names: picture.map { [$0.name.text] + $0.domains.sorted().map(\.text) }
                    ?? course.answers.map(\.name.text),
                standing: found.isEmpty ? course.standing : "holds", left: left?.map(\.description),
                remarks: course.remarks.map(\.description),
                holds: found.map { Hold($0, invocation) }))
    }

    /// True if anything holds: all applications, or one of them.
    package var isHeld: Bool { !held.isEmpty || !heldApplications.isEmpty }

    // MARK: Text

    package func lines(on terminal: Terminal) -> [String] {
        ["Old  \(old)", "New  \(new)", ""].map { ForeignText.line($0) } + table(on: terminal)
            + ["", summary] + remarkLines + absentees + holdLines
    }

    private func table(on terminal: Terminal) -> [String] {
        var table = Columns(header: ["APPLICATION", "RELEASE", "PROCESSES", "NAMES", "STANDING", "LEFT"])
        for one in applications {
            table.rows.append([
                .init(one.newID == one.id ? one.id : "\(one.id) > \(one.newID)"),
                .init(one.release.map { "v\($0)" } ?? "-"),
                .init(one.processes.map(Self.counts) ?? "-"), .init("\(one.names.count)"),
                .init(one.standing, Self.colour(one.standing)), .init(Self.left(one)),
            ])
        }
        return table.lines(on: terminal)
    }

    private static func counts(_ processes: [String: Int]) -> String {
        processes.isEmpty
            ? "none"
            : processes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }

    private static func left(_ one: Application) -> String {
        guard let left = one.left else { return "" }
        return left.isEmpty ? "nothing" : "\(left.count) \(left.count == 1 ? "act" : "acts")"
    }

    private static func colour(_ standing: String) -> Terminal.Colour? {
        switch standing {
        case "holds": .red
        case "proved", "DNS told", "cut over": .green
        default: nil
        }
    }

    private var summary: String {
        let counts = Dictionary(grouping: applications, by: \.standing).mapValues(\.count)
        let parts = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        return "\(applications.count) applications"
            + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
    }

    /// Passwords and tokens are known to no controller's API, so that users register themselves.
    private var absentees: [String] {
        guard let absentUsers, !absentUsers.isEmpty else { return [] }
        return [""]
            + WrappedText(columns: 80).lines(
                WrappedText.words(
                    """
                    Not registered at the new cluster: \(Names.text(absentUsers)). Each registers with 'deis register', and \
                    carries their keys with 'turnstile platform migrate keys'; 'turnstile platform migrate run --grants' then gives them what was theirs.
                    """), indent: 0)
    }

    private var remarkLines: [String] {
        applications.filter { !$0.remarks.isEmpty }.flatMap { one in
            [""]
                + one.remarks.flatMap { remark in
                    WrappedText(columns: 80).lines(WrappedText.words("\(one.id): \(remark)."), indent: 0)
                }
        }
    }

    private var holdLines: [String] {
        held.flatMap { [""] + MigrationText.lines($0) }
            + heldApplications.flatMap { id, holds in
                ["", "\(id) holds:"] + holds.flatMap(MigrationText.lines)
            }
    }
}
