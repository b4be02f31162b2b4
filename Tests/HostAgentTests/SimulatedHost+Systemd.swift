import HostFiles

@testable import HostAgent

/// systemd's own answers, which tell what systemctl shows.
extension SimulatedHost.State {
    /// nil where only systemctl is to be had.
    mutating func told(_ calls: [BusCall]) -> [BusAnswer]? {
        guard systemd != .silent else { return nil }
        return calls.map { told($0) }
    }

    private mutating func told(_ call: BusCall) -> BusAnswer {
        guard systemd != .confused else { return .values([.number(7)]) }
        switch (call.method, call.arguments) {
        case ("ListUnitsFiltered", .list): return .values([.list(rows)])
        case ("Get", .texts(let names)) where names.last == "SystemState":
            return .values([.text(systemState)])
        case ("Get", .texts(let names)) where names.count == 2:
            return property(names[1], of: Self.unit(ofPath: call.path))
        case ("StopUnit", .texts([EngineControl.unit, "replace"])):
            stopEngine()
            return .values([.text("/org/freedesktop/systemd1/job/4711")])
        case ("ResetFailedUnit", .texts([EngineControl.unit])):
            unit.isFailed = false
            return .values([])
        default: return .refused("org.freedesktop.DBus.Error.UnknownMethod")
        }
    }

    private var rows: [BusValue] {
        unitList.split(separator: "\n").map { line in
            let words = line.split(separator: " ").filter { $0 != "●" }.map { BusValue.text(String($0)) }
            return .tuple(
                [
                    words[0], .text("described"), words[1], words[2], words[3], .text(""), .text("/unit"),
                    .number(0),
                ]
                    + [.text(""), .text("/")])
        }
    }

    private func property(_ name: String, of unit: String) -> BusAnswer {
        let blocks = try? SystemdUnitStates.blocks(listedServices)
        let block = blocks?.first { $0.contains("Id=\(unit)\n") } ?? properties(of: unit)
        let line = block.split(separator: "\n").first { $0.hasPrefix("\(name)=") }
        guard let value = line?.dropFirst(name.count + 1) else {
            return .refused("org.freedesktop.DBus.Error.UnknownProperty")
        }
        switch name {
        case "MainPID": return .values([.number(UInt64(value) ?? 0)])
        case "Transient": return .values([.flag(value == "yes")])
        case "WantedBy": return .values([.list(value.split(separator: " ").map { .text(String($0)) })])
        default: return .values([.text(String(value))])
        }
    }

    /// The unit whose object has a path: `_2e` is the byte 0x2e.
    private static func unit(ofPath path: String) -> String {
        var bytes: [UInt8] = []
        var left = Array(path.utf8).split(separator: UInt8(ascii: "/")).last ?? []
        while let byte = left.popFirst() {
            if byte == UInt8(ascii: "_"),
                let code = UInt8(String(decoding: left.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(code)
                left = left.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
