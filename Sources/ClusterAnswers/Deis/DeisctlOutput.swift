import HostFiles

/// The texts of deisctl's commands about units. Its exit code proves nothing, and neither does a state that it tells: it waits
/// for the first machine of several.
public struct DeisctlOutput: Hashable, Sendable {
    /// A state that it told of a unit: `loaded`, `destroyed`, or systemd's `active/running`.
    public struct Report: Hashable, Sendable {
        public var unit: String
        public var state: String
    }

    /// In the order in which they were told.
    public var reports: [Report]
    /// What it complained of, a line each, each once.
    public var complaints: [String]

    /// It writes a state over the one before, with a carriage return alone, and colours also into a pipe.
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

    /// Without colours and blanks around; empty ones are left out.
    static func lines(_ bytes: [UInt8]) -> [String] {
        bytes.prefix(bytesMax).split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.map { line in
            String(
                Substring(ForeignText.line(String(decoding: uncoloured(line), as: UTF8.self))).trimmingBlanks)
        }.filter { !$0.isEmpty }
    }

    /// Without `ESC [ 0 ; 33 m`.
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
    /// `deis-router@1.service: active/running`
    fileprivate init?(line: String) {
        guard let (unit, state) = line[...].split(atFirst: ": "), unit.after("deis-") != nil, unit.isUnitName,
            state.trimmingBlanks.consists(of: {
                $0.isLetter || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "-")
            })
        else { return nil }
        self.init(unit: String(unit), state: String(state.trimmingBlanks))
    }
}
