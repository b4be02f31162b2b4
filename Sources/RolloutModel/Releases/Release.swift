/// A release and its contents, as far as they are known (facts 7).
public struct Release: Hashable, Sendable {
    public var distribution: Distribution
    public var version: Version
    public var number: ReleaseNumber
    /// `2017-05-30`
    public var date: String
    /// `stable`, `beta`, …: of CoreOS the highest that a source names, and nil where none does (facts 7).
    public var channel: String?
    /// `/usr/bin/etcd`, run by etcd.service.
    public var etcd0: Shipped
    /// `/usr/bin/etcd2`, run by etcd2.service.
    public var etcd2: Shipped
    /// The image that etcd-member.service runs unless it is told another.
    public var etcdMember: Shipped
    public var fleet: Shipped
    public var docker: String?
    public var kernel: String?
    public var locksmith: String?
    public var updateEngine: String?
    public var systemd: String?

    /// The version of a program in an image, if the image has it.
    public enum Shipped: Hashable, Sendable {
        case no
        case version(String)
        /// By the head of the release's branch: the release's own patch level may be another.
        case about(String)
        case unknown

        public var version: String? {
            switch self {
            case .version(let version), .about(let version): version
            case .no, .unknown: nil
            }
        }
    }
}

extension Release {
    /// A line of `ReleaseTable.rows`; nil for what is none.
    init?(row: Substring) {
        let fields = row.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 13, let distribution = Distribution(rawValue: fields[0]),
            let number = ReleaseNumber(Version(fields[1]))
        else { return nil }
        func known(_ index: Int) -> String? { fields[index] == "?" ? nil : fields[index] }
        self.init(
            distribution: distribution, version: Version(fields[1]), number: number, date: fields[2],
            channel: known(3), etcd0: Shipped(fields[4]), etcd2: Shipped(fields[5]),
            etcdMember: Shipped(fields[6]), fleet: Shipped(fields[7]), docker: known(8), kernel: known(9),
            locksmith: known(10), updateEngine: known(11), systemd: known(12))
    }
}

extension Release.Shipped {
    fileprivate init(_ field: String) {
        switch field.first {
        case "-": self = .no
        case "?": self = .unknown
        case "~": self = .about(String(field.dropFirst()))
        default: self = .version(field)
        }
    }
}
