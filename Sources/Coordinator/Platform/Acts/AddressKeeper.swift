import HostFiles
import RolloutModel
import Rollouts

/// Changes how long applications' addresses last in etcd. Each key is written as it was read, and only if
/// nobody wrote it since. A key whose container is gone does not come back, and a newer address stays.
struct AddressKeeper: Sendable {
    let reading: PlatformReading

    init(_ reading: PlatformReading) { self.reading = reading }

    private static let pause = Duration.seconds(2)
    private static let atOnce = 100
    /// The time that a key must still last not to be written again.
    private static let freshTime = ServiceKey.heldTTL - .seconds(120)

    /// Lets every address last for half an hour.
    func hold() async -> PlatformHands.Answer {
        await write(for: ServiceKey.heldTTL) { key in key.ttl.map { $0 < Self.freshTime } ?? false }
    }

    /// Lets every address last for half an hour, again and again. The publisher writes an address anew
    /// every 10 s, to last 20 s.
    func holdUntilCancelled() async {
        while !Task.isCancelled {
            // The sleep is ended early only where the publisher has stopped.
            try? await Task.sleep(for: Self.pause)
            _ = await hold()
        }
    }

    /// Requests by which a host lets every address of now last for half an hour, however often they are made. A
    /// key that is gone, or has another value by then, stays as it is.
    ///
    /// - Throws: `HostFault` where an address cannot be sent.
    func requests(
        at place: OwnEtcd.Place, keeping keys: [ServiceKey]
    ) throws(HostFault) -> DeisctlRunner.Asking {
        let requests = keys.map { key in
            Self.request(key, place.url, ServiceKey.heldTTL, .init(name: "prevValue", value: key.value))
        }
        return DeisctlRunner.Asking(
            configuration: try place.http.configuration(requests, token: nil),
            asRoot: place.http.tls.needsRoot)
    }

    /// The addresses of now; none where they cannot be read.
    func keys() async -> [ServiceKey] {
        (await reading.facts(.keys).services.value?.keys ?? []).filter { ForeignText.isClean($0.value) }
    }

    /// Lets addresses that the publisher does not write any more run out as they would have.
    func release() async -> PlatformHands.Answer {
        await write(for: ServiceKey.publishedTTL) { $0.isHeld }
    }

    private func write(for ttl: Duration, where isMeant: (ServiceKey) -> Bool) async -> PlatformHands.Answer {
        switch await reading.facts(.keys).services {
        case .unknown(let why):
            return .refused([.platformUnreadable(part: "the applications' addresses", why: why)])
        case .seen(let services):
            let keys = services.keys.filter { isMeant($0) && ForeignText.isClean($0.value) }
            return await write(keys, for: ttl)
        }
    }

    private func write(_ keys: [ServiceKey], for ttl: Duration) async -> PlatformHands.Answer {
        var rest = keys[...]
        while !rest.isEmpty {
            let some = Array(rest.prefix(Self.atOnce))
            rest = rest.dropFirst(some.count)
            let (_, written) = await reading.asked { host throws(HostFault) in
                let place = try await reading.own.place(on: host)
                return try await place.http.send(
                    some.map { key in
                        Self.request(
                            key, place.url, ttl, .init(name: "prevIndex", value: "\(key.index)"))
                    })
            }
            // etcd refuses a key that was written or went away meanwhile, and the proof looks at it.
            if case .unknown(let why) = written { return .unheard(why: why) }
        }
        return .heard
    }

    /// - Parameter condition: without it, etcd refuses the request.
    private static func request(
        _ key: ServiceKey, _ url: String, _ ttl: Duration, _ condition: HostHTTP.FormField
    ) -> HostHTTP.Request {
        .put(
            url: "\(url)/v2/keys/deis/services/\(key.application.percentEncoded)/\(key.name.percentEncoded)",
            form: [
                .init(name: "value", value: key.value), .init(name: "ttl", value: "\(ttl.wholeSeconds)"),
                condition,
            ])
    }
}
