import AgentProtocol

extension HostReport {
    /// Why the report does not identify its host; nothing in it counts then. nil if it does.
    ///
    /// An id that could not be read is empty, and empty ids of two hosts are equal.
    var identityFault: String? {
        if let fault = Self.fault(in: machineID) { return "\(why("/etc/machine-id", fault))" }
        if let fault = Self.fault(in: bootID) { return "\(why("/proc/sys/kernel/random/boot_id", fault))" }
        return nil
    }

    private func why(_ path: String, _ fault: String) -> String {
        let reason = unreadable.first { $0.subject == path }.map { ": \($0.reason)" } ?? ""
        return "its agent \(fault) for \(path)\(reason)"
    }

    private static let bytesMax = 64

    private static func fault(in identity: String) -> String? {
        guard !identity.isEmpty else { return "tells nothing" }
        let isPlain =
            identity.utf8.count <= bytesMax
            && identity.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0"..."9" ~= $0 || $0 == "-")
            }
        let isBlank = identity.utf8.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "-") }
        // systemd's word in an image that never booted.
        guard isPlain, !isBlank, identity != "uninitialized" else {
            return "tells \(String(identity.prefix(bytesMax)).debugDescription), which is no identity,"
        }
        return nil
    }
}
