extension RolloutMachine {
    /// How far a rollout had come, by what hosts tell of it.
    public struct Found: Codable, Hashable, Sendable {
        /// In no order.
        public var upgraded: [HostID]
        public var atWork: AtWork?
        /// Went back to their old partition, by themselves or by hand.
        public var wentBack: [HostID]

        public init(upgraded: [HostID], atWork: AtWork?, wentBack: [HostID] = []) {
            self.upgraded = upgraded
            self.atWork = atWork
            self.wentBack = wentBack
        }

        /// The one host that something was begun on.
        public enum AtWork: Codable, Hashable, Sendable {
            /// Armed, on the boot that is to end; whether it was told to end is not known.
            case staged(HostID, Staged)
            /// On its single try.
            case returned(HostID, Returned)

            public var host: HostID {
                switch self {
                case .staged(let host, _), .returned(let host, _): host
                }
            }
        }
    }
}
