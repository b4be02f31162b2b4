/// The way back of a member: the old etcd starts on its data directory after the new etcd ran on it once, or does not.
///
/// The cluster version, which forbids a way back once the last member runs the new version, is not considered here.
public enum EtcdWayBack: Hashable, Sendable {
    /// A trial showed that the old etcd starts.
    case open
    /// A trial showed that the old etcd ends itself at its start.
    case closed
    /// No trial of this way back is known here.
    case untried

    /// A tried step to a newer minor version, and whether the member went back from it.
    struct Step: Hashable, Sendable {
        var from: EtcdMinor
        var to: EtcdMinor
        var goesBack: Bool
    }

    /// Source: real etcd 2.0.13 to 3.3.27, 3.4.23 and 3.5.1; one member of three was taken to the new version and back
    /// to the old one, before the cluster version rose (facts 0.44). From 2.3 to 3.0 the old server ends with
    /// `experimental-v3demo cannot be disabled once it is enabled`: 3.0 has made a database in the data directory at
    /// its first start. Of 3.3 to 3.4 nothing is on record. A member of 2.2 or 2.3 that met 2.0 and could not join it
    /// went back, too (facts 0.45), which the steps one after the other say as well.
    static let steps = [
        Step(from: EtcdMinor(2, 0), to: EtcdMinor(2, 1), goesBack: true),
        Step(from: EtcdMinor(2, 1), to: EtcdMinor(2, 2), goesBack: true),
        Step(from: EtcdMinor(2, 2), to: EtcdMinor(2, 3), goesBack: true),
        Step(from: EtcdMinor(2, 3), to: EtcdMinor(3, 0), goesBack: false),
        Step(from: EtcdMinor(3, 0), to: EtcdMinor(3, 1), goesBack: true),
        Step(from: EtcdMinor(3, 1), to: EtcdMinor(3, 2), goesBack: true),
        Step(from: EtcdMinor(3, 2), to: EtcdMinor(3, 3), goesBack: true),
        Step(from: EtcdMinor(3, 4), to: EtcdMinor(3, 5), goesBack: true),
    ]

    /// - Parameters:
    ///   - old: the version to go back to.
    ///   - new: the highest that has run on this data directory.
    init(to old: EtcdMinor, from new: EtcdMinor) {
        self = .open
        var reached = old
        while reached < new {
            guard let step = Self.steps.first(where: { $0.from == reached }), step.to <= new else {
                self = .untried
                return
            }
            guard step.goesBack else {
                self = .closed
                return
            }
            reached = step.to
        }
    }
}
