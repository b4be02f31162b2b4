public import HostFiles

extension FleetMachineList {
    /// A page of `GET /fleet/v1/machines` (facts 5.2).
    public struct Page: Hashable, Sendable {
        public var machines: [FleetMachine]
        /// Ask again with this token while there is one.
        public var nextPageToken: String?

        public init(json: String) throws(MalformedText) {
            let answer = try JSONText.decode(Answer.self, from: json, as: .fleetMachines)
            machines = (answer.machines ?? []).map {
                FleetMachine(
                    id: $0.id, idIsShortened: false,
                    address: $0.primaryIP.flatMap { $0.isEmpty ? nil : $0 }, metadata: $0.metadata ?? [:])
            }
            nextPageToken = answer.nextPageToken.flatMap { $0.isEmpty ? nil : $0 }
        }
    }

    private struct Answer: Decodable {
        var machines: [Machine]?
        var nextPageToken: String?

        struct Machine: Decodable {
            var id: String
            var primaryIP: String?
            var metadata: [String: String]?
        }
    }
}
