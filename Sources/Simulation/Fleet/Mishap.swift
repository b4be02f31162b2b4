/// The kinds of faults in a simulated trial, and the acts of people in it. A count of each shows that a promise was
/// kept although the fault occurred.
public enum Mishap: String, CaseIterable, Sendable {
    case refused, stalled, dropped
    case replyLost = "reply lost"
    case slowBoot = "slow boot"
    case endlessBoot = "endless boot"
    case revertedBoot = "reverted boot"
    case otherVersion = "another version"
    case memberIll = "member ill"
    case memberFlaps = "member flapping"
    case leaderLost = "leader lost"
    case fleetSilent = "fleet silent"
    case staleView = "stale view"
    case splitView = "split view"
    case powerCut = "power cut while staged"
    case powerCutAhead = "power cut while downloaded ahead"
    case hostBroken = "host broken for good"
    case hostLost = "declared lost"
    case selfReboot = "host rebooted itself"
    case selfRebootRefused = "host kept from it"
    case channelMoved = "channel moved"
    case failedWrite = "failed write"
    case crash
    case drainBlocked = "drain blocked"
    case clockWrong = "clock wrong"
    case journalLost = "journal lost"
    case secondOperator = "second operator"
    case hookHeld = "hook held"
    case held = "held by hand"
    case abandoned = "abandon"
    case rolledBack = "rollback"
    case unlocked = "unlock"
}
