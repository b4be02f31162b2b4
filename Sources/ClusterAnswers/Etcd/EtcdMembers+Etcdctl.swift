public import HostFiles

extension EtcdMembers {
    /// `etcdctl member list`, of 2.x and of 3.x in either mode (facts 6.2).
    ///
    /// 2.x: `ID[unstarted]: name=… peerURLs=… clientURLs=… isLeader=…`; 3.x: `ID, started, NAME, PEERS, CLIENTS`.
    public init(etcdctl text: String) throws(MalformedText) {
        members = []
        for line in try TextBounds.list.lines(of: text, as: .etcdMembers) where !line.text.isEmpty {
            guard let member = EtcdMember(v2Line: line.text) ?? EtcdMember(v3Line: line.text) else {
                throw .unexpected(.etcdMembers, line: line.number, found: line.text, expected: "a member")
            }
            members.append(member)
        }
        try refuseEmpty()
    }
}

extension EtcdMember {
    init?(v2Line line: Substring) {
        guard let (head, fields) = line.split(atFirst: ": ") else { return nil }
        guard let id = EtcdMemberID(hexadecimal: head.before(suffix: "[unstarted]") ?? head) else {
            return nil
        }
        var values: [Substring: Substring] = [:]
        for field in fields.split(separator: " ") {
            guard let (key, value) = field.split(atFirst: "=" as Unicode.Scalar) else { return nil }
            values[key] = value
        }
        guard let peerURLs = values["peerURLs"] else { return nil }
        self.init(
            id: id, name: String(values["name"] ?? ""), peerURLs: peerURLs.commaSeparated,
            clientURLs: (values["clientURLs"] ?? "").commaSeparated,
            isLeader: values["isLeader"].map { $0 == "true" })
    }

    /// Fields are separated by `, ` and several URLs in one field by a comma alone.
    init?(v3Line line: Substring) {
        let fields = line.separated(by: ", ")
        guard (5...6).contains(fields.count), let id = EtcdMemberID(hexadecimal: fields[0]),
            ["started", "unstarted"].contains(fields[1])
        else { return nil }
        self.init(
            id: id, name: String(fields[2]), peerURLs: fields[3].commaSeparated,
            clientURLs: fields[4].commaSeparated, isLearner: fields.count == 6 && fields[5] == "true")
    }
}

extension Substring {
    fileprivate var commaSeparated: [String] { split(separator: ",").map(String.init) }

    fileprivate func separated(by separator: String) -> [Substring] {
        var fields: [Substring] = []
        var rest = self
        while let (field, tail) = rest.split(atFirst: separator) {
            fields.append(field)
            rest = tail
        }
        return fields + [rest]
    }
}
