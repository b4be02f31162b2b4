import SSH

extension SSHAlgorithms {
    /// - Parameter values: what `ssh -G` printed, by keyword.
    init(answer values: [String: [String]]) {
        self.init()
        for kind in Class.allCases {
            guard let list = kind.keywords.lazy.compactMap({ values[$0]?.first }).first else { continue }
            self[kind] = list.split(separator: ",").map(String.init)
        }
    }
}

extension SSHAlgorithms.Class {
    /// As `ssh -G` prints them; the last ones before OpenSSH 8.5.
    fileprivate var keywords: [String] {
        self == .userKey ? ["pubkeyacceptedalgorithms", "pubkeyacceptedkeytypes"] : [keyword.lowercased()]
    }
}
