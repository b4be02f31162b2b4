/// Decides which failures to reach a host are worth another call, and after how long.
///
/// An sshd that has as many callers as it accepts (`MaxStartups`) hangs up on the next before the key exchange, or says
/// so first. Some of the callers it serves have logged in a moment later.
public struct Redial: Hashable, Sendable {
    /// True if a call that was refused, or met silence before the key exchange, is made once more: a host or an sshd
    /// that was being restarted may be there then.
    private let awaitsRestart: Bool

    /// The rule for sessions that are kept. The users of a session know better how long a host may be away.
    public static let session = Redial(awaitsRestart: false)
    /// The rule for a single command on a connection of its own, which has no later caller.
    public static let visit = Redial(awaitsRestart: true)

    /// The pauses before the second call, the third, and so on.
    private static let pausesOfThrottled: [Duration] = [
        .milliseconds(500), .seconds(1), .seconds(2), .seconds(4),
    ]
    /// The factor by which a pause is multiplied, so that callers who were turned away together do not come back
    /// together.
    private static let jitter = 1.0...1.5
    private static let pausesOfRestart: [Duration] = [.seconds(1)]

    /// - Parameters:
    ///   - error: the error of the last call.
    ///   - calls: the number of calls so far.
    /// - Returns: nil where another call would end in the same way, or enough calls were made.
    func pause(after error: SSHError, calls: Int) -> Duration? {
        let pauses: [Duration] =
            switch error.passingState {
            case .throttled: Self.pausesOfThrottled
            case .restart: awaitsRestart ? Self.pausesOfRestart : []
            case nil: []
            }
        return pauses.indices.contains(calls - 1) ? pauses[calls - 1] : nil
    }
}

extension Redial {
    public struct Outcome<Value: Sendable>: Sendable {
        /// The result of the last call.
        public var result: Result<Value, SSHError>
        /// The failure of the first call, where there was a second.
        public var firstFailure: SSHError?
    }

    /// Calls a host until it is reached, or another call is pointless.
    ///
    /// - Parameters:
    ///   - deadline: no pause takes more than half of the time that is left until then.
    ///   - onPause: called with the failure before each pause.
    public func calls<Value: Sendable>(
        until deadline: ContinuousClock.Instant, onPause: (SSHError) -> Void,
        _ call: () async -> Result<Value, SSHError>
    ) async -> Outcome<Value> {
        var firstFailure: SSHError?
        var calls = 1
        while true {
            var error: SSHError
            switch await call() {
            case .success(let value):
                return Outcome(result: .success(value), firstFailure: firstFailure)
            case .failure(let failure): error = failure
            }
            error.calls = calls
            guard let pause = pause(after: error, calls: calls).map({ $0 * Double.random(in: Self.jitter) }),
                deadline - .now > pause * 2
            else {
                return Outcome(result: .failure(error), firstFailure: firstFailure)
            }
            firstFailure = firstFailure ?? error
            onPause(error)
            guard (try? await Task.sleep(for: pause)) != nil else {
                (error.reason, error.library) = (.cancelled, nil)
                return Outcome(result: .failure(error), firstFailure: nil)
            }
            calls += 1
        }
    }
}

extension SSHError {
    /// A state of the host that passes by itself.
    enum PassingState: Hashable, Sendable {
        /// The host's sshd accepts no more callers now.
        case throttled
        /// No program listens on the port, or speaks SSH there yet.
        case restart
    }

    /// The passing state that explains the error; nil where the host, or the request, has to change first.
    var passingState: PassingState? {
        if isThrottling { return .throttled }
        switch (operation, reason) {
        case (.connect, .refused), (.exchangeKeys, .deadlinePassed), (.fetchCertificate, .deadlinePassed):
            return .restart
        // A bastion that throttles was called again by the callers of the bastion.
        case (_, .bastion(let error)) where error.passingState == .restart: return .restart
        default: return nil
        }
    }

    /// True if the host hung up before the key exchange was done, or said that it has too many callers.
    public var isThrottling: Bool {
        switch (operation, reason) {
        case (.exchangeKeys, .connectionLost(let why)), (.fetchCertificate, .connectionLost(let why)):
            !why.hasPrefix(ProxyProcess.ending) || Self.namesThrottling(why)
        default: namesMaxStartups
        }
    }

    /// True if a ProxyCommand ended as nc does when the host hangs up, or complained as ssh does of a bastion that hung
    /// up before the key exchange. Other complaints of a ProxyCommand do not pass.
    private static func namesThrottling(_ why: String) -> Bool {
        [
            "(exited(0))", "MaxStartups", "exchange_identification", "Connection closed by",
            "Connection reset by", "Not allowed at this time",
        ].contains { why.contains($0) }
    }

    /// True if the host said that it has too many callers.
    public var namesMaxStartups: Bool {
        guard case .notSSH(let said) = reason else { return false }
        return said.contains("MaxStartups")
    }
}
