extension HoldReason {
    /// The reason of a host that was not heard of on its new boot: it answers, and cannot be read; or it is away.
    init(away host: HostID, waited: Duration, why: String, _ trouble: HostTrouble?) {
        self =
            switch trouble {
            case nil, .refused?: .step(.notReturned(host: host, waited: waited, why: why, trouble: trouble))
            case let trouble?: .host(.hostUnreadable(host: host, why: why, trouble: trouble))
            }
    }
}
