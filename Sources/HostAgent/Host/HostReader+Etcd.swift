import AgentProtocol
import HostFiles

/// The service that runs etcd on a host, and how systemd starts it from a given image.
extension HostReader {
    private static let runningUsr = "/usr"
    private static let processesMax = 1 << 15

    /// The start of the etcd that runs now: its service, origin and version.
    func etcdStart(in states: SystemdUnitStates) throws(HostFault) -> EtcdStart {
        guard let unit = try etcdUnit(in: states) else { return .noService }
        return try etcdStart(of: unit, usr: Self.runningUsr)
    }

    /// The unit that runs etcd now, by what is active, and where none of the usual ones is, by the process itself.
    ///
    /// - Throws: where several do.
    func etcdUnit(in states: SystemdUnitStates) throws(HostFault) -> String? {
        var active: [String] = []
        for unit in WatchedUnits.etcd where try state(of: unit, in: states).isUnderWay { active.append(unit) }
        if active.isEmpty { active = try unitsOfProcesses() }
        guard active.count <= 1 else {
            throw .notUnderstood(
                subject: Unreadable.etcd, reason: "several are active: \(active.joined(separator: ", "))")
        }
        return active.first
    }

    /// Units of the system whose processes are called etcd or etcd2. A container's process is in a scope, and not
    /// counted.
    private func unitsOfProcesses() throws(HostFault) -> [String] {
        var units: Set<String> = []
        for process in try effects.files.list("/proc") ?? []
        where process.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) {
            // A process that ends meanwhile is none.
            guard let name = try? effects.files.text("/proc/\(process)/comm"),
                ["etcd\n", "etcd2\n"].contains(name),
                let groups = try? effects.files.text("/proc/\(process)/cgroup")
            else { continue }
            if let unit = Self.unit(ofGroups: groups) { units.insert(unit) }
        }
        return units.sorted()
    }

    /// `1:name=systemd:/system.slice/my-etcd.service`: the first unit of the path, where that is a service.
    static func unit(ofGroups text: String) -> String? {
        for line in text.split(separator: "\n") {
            let path = line.split(separator: "/").dropFirst()
            guard let unit = path.first(where: { !$0.hasSuffix(".slice") }), unit.hasSuffix(".service"),
                isUnitName(unit)
            else { continue }
            return String(unit)
        }
        return nil
    }

    private static func isUnitName(_ name: Substring) -> Bool {
        name.utf8.count <= 255
            && name.unicodeScalars.allSatisfy {
                $0.isASCII
                    && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
                        || ":-_.\\@".unicodeScalars.contains($0))
            }
    }

    // MARK: what its files say

    /// How systemd would start a unit where `usr` is mounted as /usr: by the image's files, and the host's own, which
    /// stay.
    func etcdStart(of unit: String, usr: String) throws(HostFault) -> EtcdStart {
        guard let start = try serviceStart(of: unit, usr: usr) else {
            let isRunning = usr == Self.runningUsr
            return EtcdStart(
                unit: unit, origin: isRunning ? .unclear : .missingProgram,
                why: "no unit file of \(unit) is \(isRunning ? "found" : "there")")
        }
        switch EtcdLaunch(start) {
        case .program(let path):
            let origin: EtcdStart.Origin = EtcdLaunch.isOfImage(program: path) ? .imageProgram : .ownProgram
            return EtcdStart(unit: unit, origin: origin, starts: path)
        case .container(let image, let tag, let isOfImage):
            return EtcdStart(
                unit: unit, origin: isOfImage ? .imageContainer : .ownContainer, starts: image, version: tag)
        case .unclear(let why):
            return EtcdStart(unit: unit, origin: .unclear, why: "\(unit): \(why)")
        }
    }

    /// - Returns: nil where there is no such unit.
    func serviceStart(of unit: String, usr: String) throws(HostFault) -> ServiceStart? {
        // The image's own after those that stay; on CoreOS of some years below lib64.
        let vendor = ["\(usr)/lib/systemd/system", "\(usr)/lib64/systemd/system"]
        let places = ["/etc/systemd/system", "/run/systemd/system"] + vendor
        var start = ServiceStart()
        var isThere = false
        for place in places where !isThere {
            guard let text = try effects.files.text("\(place)/\(unit)") else { continue }
            start.take(try unitFile(text, "\(place)/\(unit)"), isOfImage: vendor.contains(place))
            isThere = true
        }
        guard isThere else { return nil }
        for path in try dropIns(of: unit, in: places) {
            guard let text = try effects.files.text(path) else { continue }
            start.take(try unitFile(text, path), isOfImage: vendor.contains { path.hasPrefix($0 + "/") })
        }
        for file in start.environmentFiles {
            let path = file.hasPrefix("-") ? String(file.dropFirst()) : file
            guard path.hasPrefix("/"), let text = try effects.files.text(path) else { continue }
            start.take(environment: text)
        }
        return start
    }

    private func unitFile(_ text: String, _ path: String) throws(HostFault) -> UnitFile {
        try understood(path) { () throws(MalformedText) in try UnitFile(text) }
    }

    /// The drop-ins in the order of their names; of two with the same name the host's own counts.
    private func dropIns(of unit: String, in places: [String]) throws(HostFault) -> [String] {
        var byName: [String: String] = [:]
        for place in places {
            for name in try effects.files.list("\(place)/\(unit).d") ?? [] where name.hasSuffix(".conf") {
                if byName[name] == nil { byName[name] = "\(place)/\(unit).d/\(name)" }
            }
        }
        return byName.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension EtcdStart {
    /// The answer if no service runs etcd. An etcd that runs all the same is unknown to systemd, such as a container
    /// that another program starts.
    static let noService = EtcdStart(unit: "", origin: .unclear, why: "no service of the host runs etcd")
}
