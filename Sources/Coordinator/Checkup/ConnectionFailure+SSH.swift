import RolloutModel
import SSH

extension ConnectionFailure {
    package init(_ error: SSHError) {
        self.init(
            said: error.withoutAdvice, advice: error.nextStep, key: error.keyStanding.map { Key($0) },
            refusal: Self.refusal(error))
    }

    private static func refusal(_ error: SSHError) -> String? {
        guard case .authenticationRefused(let record) = error.reason else { return nil }
        return record.description
    }
}

extension ConnectionFailure.Key {
    fileprivate init(_ standing: SSHError.KeyStanding) {
        switch standing {
        case .unknown: self = .unknown
        case .other(let entries):
            self = .other(entries.map { ConnectionFailure.KnownHostEntry(name: $0.name, file: $0.file) })
        }
    }
}
