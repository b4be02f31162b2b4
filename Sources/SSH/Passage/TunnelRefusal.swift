/// Why a bastion opened no channel.
enum TunnelRefusal: Equatable {
    /// The bastion has as many channels as it allows on this connection.
    case noRoom
    /// The connection to the bastion was lost.
    case lost
    /// The bastion could not connect to the host, for a reason that libssh2 does not hand on.
    case hostUnreachable
    /// The bastion opens no channels, or none to this host.
    case forbidden
    case other

    /// - Parameter error: of the request, on the bastion's session.
    init(_ error: SSHError) {
        switch error.reason {
        case .connectionLost: self = .lost
        // The four reasons of RFC 4254, 5.1, in the words of libssh2 1.10 and 1.11.
        case .channelRefused:
            let said = error.library?.message ?? ""
            self =
                if said.contains("connect failed") {
                    .hostUnreachable
                } else if said.contains("resource shortage") {
                    .noRoom
                } else { .forbidden }
        default: self = .other
        }
    }

    /// The failure of the connection for which the channel was asked.
    func error(for target: SSHTarget, through bastion: SSHTarget, _ error: SSHError) -> SSHError {
        let reason: SSHError.Reason =
            switch self {
            case .hostUnreachable:
                .unreachable("that one cannot connect to \(target.host) port \(target.port)")
            case .forbidden, .noRoom: .tunnelForbidden
            case .lost: .bastion(error)
            case .other: error.reason
            }
        return SSHError(reason, for: target, through: bastion)
    }
}

extension SSHError {
    /// The failure to reach a host through another one.
    init(_ reason: Reason, for target: SSHTarget, through bastion: SSHTarget) {
        self.init(.connect, target: target, reason)
        way = .bastion("\(bastion)")
    }
}
