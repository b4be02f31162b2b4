/// A run of `ssh -G`: its arguments, and the configuration on its standard input.
///
/// The configuration includes the files that ssh would read. Behind them stands a user who is nobody: ssh's own would be
/// the account on this machine, which nothing in the answer tells from a user that was configured.
struct SSHConfigQuestion {
    /// User and port are told to ssh where they are known before the configuration is asked.
    var login: SSHJump
    /// Options of the host's own, in front of all files.
    var options: SSHOptions?
    var files: SSHConfigFiles
    /// True if the value of `%C` is asked for.
    var wantsDigest: Bool
    var ending = Ending.none

    /// The lines behind the files.
    enum Ending {
        case none
        /// The user is nobody if no file names one. A mark stands in the answer if ssh reads all of it a second time.
        case nobody
        /// The same once ssh has read all of it a second time.
        case nobodyInTheEnd
    }

    static let nobody = "turnstile.names.nobody"
    static let markOfSecondReading = "TURNSTILE_READ_TWICE"

    var arguments: [String] {
        // The first counts, to ssh. No connection of ssh's own is shared, so that ControlPath is free.
        ["-F", "/dev/stdin", "-G"] + (wantsDigest ? ["-o", "ControlPath=%C"] : [])
            + (login.user.map { ["-l", $0] } ?? []) + (login.port.map { ["-p", "\($0)"] } ?? [])
            + (options?.arguments ?? []) + ["--", login.host]
    }

    func configuration(_ environment: ConfigurationEnvironment) -> String {
        files.configuration(environment) + ending.text
    }
}

extension SSHConfigQuestion.Ending {
    fileprivate var text: String {
        let secondReading = "Match canonical all\n"
        return switch self {
        case .none: ""
        case .nobody:
            "Host *\n  User \(SSHConfigQuestion.nobody)\n" + secondReading
                + "  SendEnv \(SSHConfigQuestion.markOfSecondReading)\n"
        case .nobodyInTheEnd: secondReading + "  User \(SSHConfigQuestion.nobody)\n"
        }
    }
}
