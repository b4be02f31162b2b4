import SSH

extension SSHError {
    /// The server, or the bastion on the way, hung up before it said who it is. An sshd does so when too many callers have
    /// not logged in yet; OpenSSH 8.9 and later says so, too.
    var isThrottling: Bool {
        switch (operation, reason) {
        case (.exchangeKeys, .connectionLost): true
        case (.exchangeKeys, .notSSH(let said)): said.contains("MaxStartups")
        case (_, .bastion(let error)): error.isThrottling
        default: false
        }
    }
}
