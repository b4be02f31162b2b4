import HostFiles

/// The texts of deisctl's commands about units. deisctl's exit code proves nothing. A state that deisctl
/// tells proves nothing either: deisctl waits for the first machine of several.
public struct DeisctlOutput: Hashable, Sendable {
    /// A state that deisctl told of a unit: `loaded`, `destroyed`, or systemd's `active/running`.
    public struct Report: Hashable, Sendable {
        public var unit: String
        public var state: String
    }

    /// The reports, in the order in which deisctl told them.
    public var reports: [Report]
    /// deisctl's complaints, a line each. Each complaint is there once.
    public var complaints: [String]

    /// deisctl writes a state over the one before, with a carriage return alone. deisctl writes colours
    /// also into a pipe.
    public init(output: [UInt8], errors: [UInt8]) {
        reports = []
        complaints = []
        for line in Self.lines(output) {
            if let report = Report(line: line) {
                if reports.last != report { reports.append(report) }
            } else if Self.isComplaint(line) {
                complain(line)
            }
        }
        for line in Self.lines(errors) where !line.hasPrefix("INFO ") { complain(line) }
    }

    private mutating func complain(_ line: String) {
        if !complaints.contains(line), complaints.count < Self.complaintsMax { complaints.append(line) }
    }

    private static let complaintsMax = 20
    private static let bytesMax = 256 << 10

    private static func isComplaint(_ line: String) -> Bool {
        ["Error: ", "Found no matching command"].contains { line.hasPrefix($0) }
    }

    /// The lines of a text, without colours and blanks around them. Empty lines are left out.
    static func lines(_ bytes: [UInt8]) -> [String] {
        bytes.prefix(bytesMax).split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.map { line in
            String(
                Substring(ForeignText.line(String(decoding: uncoloured(line), as: UTF8.self))).trimmingBlanks)
        }.filter { !$0.isEmpty }
    }

    /// A line without its colours (`ESC [ 0 ; 33 m`).
    private static func uncoloured(_ line: ArraySlice<UInt8>) -> [UInt8] {
        var plain: [UInt8] = []
        var rest = line
        while let byte = rest.popFirst() {
            guard byte == 0x1b, rest.first == UInt8(ascii: "[") else {
                plain.append(byte)
                continue
            }
            rest = rest.dropFirst().drop { $0.isDigit || $0 == UInt8(ascii: ";") }
            if rest.first == UInt8(ascii: "m") { rest.removeFirst() }
        }
        return plain
    }
}

extension DeisctlOutput.Report {
    /// A report from its line: `deis-router@1.service: active/running`.
    fileprivate init?(line: String) {
        guard let (unit, state) = line[...].split(atFirst: ": "), unit.after("deis-") != nil, unit.isUnitName,
            state.trimmingBlanks.consists(of: {
                $0.isLetter || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "-")
            })
        else { return nil }
        self.init(unit: String(unit), state: String(state.trimmingBlanks))
    }
}
