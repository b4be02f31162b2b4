extension SSHError {
    /// The host on the way that could not be passed, as messages name it, and why, in words that are about no host behind
    /// it; nil where the way to the host itself is open.
    public var shutBastion: (name: String, why: String)? {
        switch (reason, way) {
        case (.bastion(let error), _):
            if let further = error.shutBastion { return further }
            return ("\(error.target.map { "\($0)" } ?? "")", "\(error)")
        case (.tunnelForbidden, .bastion(let name)):
            return (name, "that one opens no channel" + (advice.map { ". \($0)" } ?? ""))
        default: return nil
        }
    }
}
