import SSH

extension LoginMethod {
    /// The methods that an ssh configuration allows, in its order.
    ///
    /// - Parameter answer: the values that `ssh -G` prints, by keyword.
    static func allowed(by answer: [String: [String]]) -> [LoginMethod] {
        let preferred = answer["preferredauthentications"]?.first
            .map { $0.split(separator: ",").compactMap { LoginMethod(rawValue: String($0)) } }
        return (preferred ?? allCases).filter { method in
            method.switches.allSatisfy { !["no", "false"].contains(answer[$0]?.first) }
        }
    }

    /// The keywords that turn it off, the last one as ssh before 8.7 names it.
    private var switches: [String] {
        switch self {
        case .publicKey: ["pubkeyauthentication"]
        case .password: ["passwordauthentication"]
        case .keyboardInteractive: ["kbdinteractiveauthentication", "challengeresponseauthentication"]
        }
    }
}
