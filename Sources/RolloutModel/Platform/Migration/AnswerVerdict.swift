/// The worth of a new router's answer as a proof that an application is there.
///
/// A router answers 404 for a name that it does not know (router/rootfs/etc/confd/templates/nginx.conf: the default
/// server). Another router or balancer may have another answer for such names.
public enum AnswerVerdict: Hashable, Sendable {
    /// The router serves the application, or answers in the class of the old cluster's status.
    case proof
    /// Both clusters answer as for a name that they do not know.
    case unknownAtBoth
    /// The old cluster did not answer, or answered with a fault: the answer has nothing to be compared with.
    case incomparable
    /// The answer is the one for a name that the router does not know.
    case unknownHere
    /// The answer is another one than the old cluster's.
    case differs

    /// - Parameters:
    ///   - status: the new router's status for the name; nil where nothing answered.
    ///   - stranger: the same router's status for a name of no application; nil where it was not seen.
    ///   - old: the old cluster's status for the name; nil where nothing answered, or not each router the same.
    ///   - runs: true if processes of the application are to run. Routers may know no name of one that has none.
    public init(_ status: Int?, stranger: Int?, old: Int?, runs: Bool) {
        guard let status else {
            self = .differs
            return
        }
        let isComparable = old.map { $0 < 500 } ?? false
        if status == 404 || status == stranger {
            self = old == status ? .unknownAtBoth : isComparable || runs ? .unknownHere : .incomparable
        } else if Self.serves(status) || (isComparable && old.map { $0 / 100 } == status / 100) {
            self = .proof
        } else {
            self = isComparable ? .differs : .incomparable
        }
    }

    /// True for the answer of an application at work: success, another place, or a question who is there.
    private static func serves(_ status: Int) -> Bool {
        (200..<400).contains(status) || status == 401 || status == 403
    }
}
