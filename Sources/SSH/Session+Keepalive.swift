import CLibSSH2

/// When the next keepalive is due, and how many went unanswered.
struct Keepalive {
    var due: ContinuousClock.Instant
    var heard: UInt64 = 0
    var unanswered = 0
}

extension Session {
    func startKeepalive() {
        guard timeouts.keepaliveInterval > .zero else { return }
        withLibrary {
            // libssh2 counts whole seconds; it is called when due and told to hold nothing back.
            libssh2_keepalive_config($0, 1, 2)
        }
        scheduleKeepalive(Keepalive(due: .now + keepaliveInterval, heard: transport?.heard ?? 0))
    }

    /// libssh2 sends none sooner than two seconds after the last.
    private var keepaliveInterval: Duration { max(timeouts.keepaliveInterval, .seconds(2)) }

    private func scheduleKeepalive(_ next: Keepalive) {
        keepalive = next
        setTimer(next.due)
    }

    func sendKeepaliveIfDue() {
        guard var next = keepalive, let transport, transport.ending == nil else { return }
        guard next.due <= .now else { return setTimer(next.due) }
        // While nobody waits nothing is read beyond a little, so silence says nothing.
        let isSilent = transport.heard == next.heard && !(waits.isEmpty && tunnels.isEmpty)
        next.unanswered = isSilent ? next.unanswered + 1 : 0
        guard next.unanswered < timeouts.keepaliveCountMax else {
            return loseConnection("no answer to \(next.unanswered) keepalives")
        }
        withLibrary { library in
            var secondsToNext: Int32 = 0
            _ = libssh2_keepalive_send(library, &secondsToNext)
        }
        next.heard = transport.heard
        next.due = .now + keepaliveInterval
        scheduleKeepalive(next)
    }
}
