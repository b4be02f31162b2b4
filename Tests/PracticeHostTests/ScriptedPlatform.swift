import Synchronization

@testable import PracticeHost

/// fleet and etcd as a test tells them to be, for deisctl alone. Each pause of deisctl's is one step of every unit.
final class ScriptedPlatform: Sendable {
    struct Unit: Sendable {
        var text = ""
        var isGlobal = false
        var states: [UnitState] = []
        /// The states that come with the next pauses.
        var next: [UnitState] = []
        var isLeaving = false
        /// True if fleet lists the unit, and some machine has it.
        var isPlaced = false
    }

    struct World: Sendable {
        var units: [String: Unit] = [:]
        var keys: [String: String] = [:]
        var ttls: [String: Duration] = [:]
        /// Keys that expire before they can be written again.
        var expiring: Set<String> = []
        /// The requests of deisctl to fleet, in their order.
        var asked: [String] = []
        /// The units that no machine takes.
        var unplaceable: Set<String> = []
        /// The states that each start of a unit shows; else `start-pre` and `running`.
        var starts: [String: [[UnitState]]] = [:]
        /// The states that each stop of a unit shows; else `dead`.
        var stops: [String: [[UnitState]]] = [:]
        /// The units that start in the background first, and again in front, where they show their states.
        var startedTwice: Set<String> = []
        /// etcd's index, as it stands in its refusals.
        var index = 29
        var hasTemplates = true
        var quietPauses = 0
    }

    let world = Mutex(World())
    let printed = Mutex((out: "", err: ""))

    static let machines = [
        FleetRecord(
            id: "30544789aaaa", publicIP: "10.231.77.13", metadata: metadata, version: "0.11.8"),
        FleetRecord(
            id: "9dfb60e0aaaa", publicIP: "10.231.77.12", metadata: metadata, version: "0.11.8"),
        FleetRecord(
            id: "a85e27b2aaaa", publicIP: "10.231.77.11", metadata: metadata, version: "0.11.8"),
    ]
    private static let metadata = ["controlPlane": "true", "dataPlane": "true", "routerMesh": "true"]

    /// As it is at this moment.
    var now: World { world.withLock { $0 } }

    func change(_ body: (inout World) -> Void) { world.withLock { body(&$0) } }

    struct Outcome: Sendable {
        var exitCode: Int32?
        var out: String
        var err: String
    }

    /// - Returns: what was printed; no exit code where it waits for ever.
    func run(_ words: [String], as version: PlatformVersion = PlatformVersion(1, 13, 4)) -> Outcome {
        printed.withLock { $0 = ("", "") }
        let code: Int32?
        do throws(DeisctlEnding) {
            code = try deisctl(DeisctlManner(version: version)).exitCode(words)
        } catch {
            code = nil
        }
        return printed.withLock { Outcome(exitCode: code, out: $0.out, err: $0.err) }
    }

    private func deisctl(_ manner: DeisctlManner) -> Deisctl {
        let directory = world.withLock { $0.hasTemplates } ? Self.templates : "/nowhere"
        return Deisctl(
            console: DeisctlConsole(
                out: { text in self.printed.withLock { $0.out += text } },
                err: { text in self.printed.withLock { $0.err += text } }),
            manner: manner, fleet: fleet, keys: keys,
            templates: UnitTemplates(
                directories: [directory], isDecorated: { () throws(DeisctlError) in false }),
            filesUntilCut: 0)
    }

    /// The templates are written once a process.
    private static let templates: String = {
        let directory = "/tmp/turnstile-templates-\(UInt64.random(in: 0...(.max)))"
        let quiet = DeisctlConsole(out: { _ in }, err: { _ in })
        try? RefreshUnits(console: quiet, manner: .newest).run(directory: directory, tag: "v1.13.4")
        return directory
    }()

    // MARK: What deisctl asks

    private var fleet: DeisctlFleet {
        DeisctlFleet(
            units: { () throws(DeisctlError) in
                self.world.withLock { world in world.units.filter { !$0.value.isLeaving }.keys.sorted() }
            },
            states: { () throws(DeisctlError) in self.states() },
            machines: { () throws(DeisctlError) in Self.machines },
            isGlobal: { unit throws(DeisctlError) in self.world.withLock { $0.units[unit]?.isGlobal } },
            create: { unit, text throws(DeisctlError) in
                let isThere = self.world.withLock { $0.create(unit, text) }
                if isThere { throw .jobAlreadyExists }
            },
            setTarget: { unit, state throws(DeisctlError) in
                self.world.withLock { $0.setTarget(unit, state) }
            },
            destroy: { unit throws(DeisctlError) in self.world.withLock { $0.destroy(unit) } },
            pause: { () throws(DeisctlEnding) in
                guard self.world.withLock({ $0.step() }) else { throw .waitsForEver }
            })
    }

    private func states() -> [FleetJobs.State] {
        world.withLock { world in
            world.units.filter(\.value.isPlaced).sorted { $0.key < $1.key }.flatMap { name, unit in
                zip(Self.machines, unit.states).map { machine, state in
                    .init(unit: name, machineID: machine.id, active: state.active, sub: state.sub)
                }
            }
        }
    }

    private var keys: DeisctlKeys {
        DeisctlKeys(
            get: { key throws(DeisctlError) in
                let (value, index) = self.world.withLock { ($0.keys[key], $0.index) }
                guard let value else { throw DeisctlError("100: Key not found (\(key)) [\(index)]") }
                return value
            },
            set: { key, value throws(DeisctlError) in
                self.change { $0.keys[key] = value }
                return value
            },
            delete: { key throws(DeisctlError) in self.change { $0.keys[key] = nil } },
            leaves: { directory throws(DeisctlError) in
                self.world.withLock { world in
                    world.keys.filter { $0.key.hasPrefix(directory) }.sorted { $0.key < $1.key }
                        .map { DeisctlKeys.Leaf(key: $0.key, value: $0.value) }
                }
            },
            refresh: { leaf, ttl throws(DeisctlError) in
                let (isGone, index) = self.world.withLock { ($0.expiring.contains(leaf.key), $0.index) }
                guard !isGone else { throw DeisctlError("100: Key not found (\(leaf.key)) [\(index)]") }
                self.change { $0.ttls[leaf.key] = ttl }
            })
    }
}

extension ScriptedPlatform.World {
    /// - Returns: true if there is such a unit already.
    fileprivate mutating func create(_ name: String, _ text: String) -> Bool {
        asked.append("create \(name)")
        quietPauses = 0
        guard units[name] == nil else { return true }
        let isGlobal = FleetUnitFile(text: text).isGlobal
        units[name] = .init(text: text, isGlobal: isGlobal, next: [.dead])
        return false
    }

    fileprivate mutating func setTarget(_ name: String, _ state: String) {
        asked.append("\(state) \(name)")
        quietPauses = 0
        guard let unit = units[name], unit.isPlaced else { return }
        let shown = unit.states.first
        if state == "launched", shown?.sub != "running", let next = nextStart(of: name) {
            units[name]?.next = next
        } else if state == "loaded", shown?.sub != "dead" {
            units[name]?.next = stops[name]?.first ?? [.dead]
        }
    }

    /// nil: it is asked for in the background, and shows nothing yet.
    private mutating func nextStart(of name: String) -> [UnitState]? {
        let starts = starts[name] ?? [[.startPre, .running]]
        guard starts.count == 1 else {
            self.starts[name]?.removeFirst()
            return starts[0]
        }
        return startedTwice.remove(name) == nil ? starts[0] : nil
    }

    fileprivate mutating func destroy(_ name: String) {
        asked.append("destroy \(name)")
        quietPauses = 0
        units[name]?.isLeaving = true
    }

    /// - Returns: true if anything may still change.
    fileprivate mutating func step() -> Bool {
        var hasChanged = false
        for name in units.keys.sorted() {
            guard var unit = units[name], unit.isPlaced || !unplaceable.contains(name),
                unit.isLeaving || !unit.next.isEmpty
            else { continue }
            hasChanged = true
            if !unit.isLeaving {
                let next = unit.next.removeFirst()
                unit.isPlaced = true
                unit.states = Array(repeating: next, count: unit.isGlobal ? 3 : 1)
            }
            units[name] = unit.isLeaving ? nil : unit
        }
        quietPauses = hasChanged ? 0 : quietPauses + 1
        return quietPauses < 4
    }
}
