extension HoldReason {
    /// The reason of a host that was not heard of on its new boot: it answers, and cannot be read; or it is away.
    init(away host: HostID, waited: Duration, why: String, _ trouble: HostTrouble?) {
        self =
            trouble.map { .host(.hostUnreadable(host: host, why: why, trouble: $0)) }
            ?? .step(.notReturned(host: host, waited: waited, why: why))
    }
}
