import Synchronization

/// Finds the lines of known_hosts that are about a host's name.
///
/// A hashed name needs one MAC for each salt and name. A MAC is computed once, whatever the number of sessions and
/// look-ups, and not on the event loop (`isKnown`).
struct HostNameIndex: Sendable {
    /// The number of lines that are tried faster than a change to another thread and back.
    private static let fewLines = 64

    private var literals: [[UInt8]: [Int]] = [:]
    private var lists: [(items: [HostPattern.Item], line: Int)] = []
    private var salts: [[UInt8]: Int] = [:]
    private var hashes: [(mac: HMACSHA1, codes: [(code: SHA1Digest, line: Int)])] = []
    private var memory = Memory()

    private final class Memory: Sendable {
        struct State {
            var lines: [[UInt8]: [Int]] = [:]
            var macs = 0
        }
        let state = Mutex(State())
    }

    /// The number of MACs that were computed so far.
    var macs: Int { memory.state.withLock { $0.macs } }

    mutating func insert(_ pattern: HostPattern, line: Int) {
        memory = Memory()
        switch pattern {
        case .hashed(let salt, let code):
            if let place = salts[salt] {
                hashes[place].codes.append((code, line))
            } else {
                salts[salt] = hashes.count
                hashes.append((HMACSHA1(key: salt), [(code, line)]))
            }
        case .list(let items) where items.allSatisfy({ $0.isLiteral && !$0.isNegated }):
            for name in Set(items.map(\.glob)) { literals[name, default: []].append(line) }
        case .list(let items): lists.append((items, line))
        }
    }

    /// True if the name's lines are found quickly: there are few lines to try, or the name was looked up before.
    func isKnown(_ name: [UInt8]) -> Bool {
        hashes.count + lists.count <= Self.fewLines || memory.state.withLock { $0.lines[name] != nil }
    }

    /// The numbers of the lines about the name, in the order of the files.
    func lines(for name: [UInt8]) -> [Int] {
        if let known = memory.state.withLock({ $0.lines[name] }) { return known }
        var lines = literals[name] ?? []
        for list in lists where HostPattern.matches(list.items, name) { lines.append(list.line) }
        for hash in hashes {
            let code = hash.mac.code(for: name)
            for each in hash.codes where each.code == code { lines.append(each.line) }
        }
        lines.sort()
        memory.state.withLock { state in
            state.macs += hashes.count
            state.lines[name] = lines
        }
        return lines
    }
}
