import RolloutModel

extension HostAudit {
    /// A copy with short, plain texts and without impossible numbers. A host chooses its own texts, which tables show
    /// beside those of others; and an earlier audit is a file that anybody may have written.
    public var bounded: HostAudit {
        var audit = self
        audit.host = ForeignText.line(host, charactersMax: Self.textCharactersMax)
        // Faults are whole sentences.
        audit.fault = fault.map { ForeignText.line($0) }
        audit.bastion = bastion.map { ShutBastion(name: $0.name, why: $0.why) }
        audit.retriedAfter = retriedAfter.map { ForeignText.line($0) }
        let texts: [WritableKeyPath<HostAudit, String?>] = [
            \.distribution, \.version, \.kernel, \.group, \.rebootStrategy, \.etcdServer, \.etcdCluster,
            \.fleet,
            \.docker, \.agent, \.agentPhase, \.revertedFrom, \.previousVersion, \.machineID, \.bootID,
            \.hostKey,
        ]
        for text in texts { audit[keyPath: text] = self[keyPath: text].map(Self.shown) }
        audit.failedUnits = failedUnits?.map(Self.shown)
        audit.oddSettings = oddSettings?.map { odd in
            // The value is shown with its invisible scalars spelled out.
            OddSetting(
                key: Self.shown(odd.key), value: String(odd.value.prefix(Self.textCharactersMax)),
                path: Self.shown(odd.path), line: odd.line, meant: Self.shown(odd.meant))
        }
        audit.engine?.activeState = Self.shown(engine?.activeState ?? "")
        audit.locksmith?.activeState = Self.shown(locksmith?.activeState ?? "")
        audit.locksmith?.strategy = (locksmith?.strategy).map(Self.shown)
        audit.partitions?.booted = Self.shown(partitions?.booted ?? "")
        audit.partitions?.warning = (partitions?.warning).map(Self.shown)
        audit.partitions?.attributes = (partitions?.attributes).map(Self.shown)
        audit.partitions?.otherAttributes = (partitions?.otherAttributes).map(Self.shown)
        audit.userData?.path = Self.shown(userData?.path ?? "")
        audit.userData?.sha256 = Self.shown(userData?.sha256 ?? "")
        audit.uptimeSeconds = uptimeSeconds.flatMap { Self.believableUptime.contains($0) ? $0 : nil }
        return audit
    }

    /// The longest text of a host that is shown, in characters; real texts are shorter.
    private static let textCharactersMax = 128
    /// Believable uptimes, in seconds: up to thirty years.
    private static let believableUptime = 0.0...1e9

    private static func shown(_ text: String) -> String {
        ForeignText.line(text, charactersMax: textCharactersMax)
    }
}
