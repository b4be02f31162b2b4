import ClusterAnswers
import RolloutModel

extension ControllerView {
    /// The controller that gave an answer.
    static func seen(in answer: WebAnswer) -> Observation<ControllerView> {
        guard let status = answer.status else { return .unknown(answer.complaint ?? "nothing answers") }
        guard let headers = ControllerHeaders(answer.headers) else {
            return .unknown("it answered \(status), and no controller tells so little of itself")
        }
        guard let version = PlatformVersion(headers.platform) else {
            return .unknown("it says that it is '\(headers.platform)', which is no version")
        }
        return .seen(ControllerView(version: version, api: headers.api))
    }
}
