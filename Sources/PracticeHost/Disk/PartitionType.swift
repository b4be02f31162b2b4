/// The partition types that CoreOS's cgpt knows by names of its own.
enum PartitionType: String, CaseIterable, Hashable, Sendable {
    case usr = "5DFBF5F4-2848-4BAC-AA5E-0D9A20B745A6"
    case resize = "3884DD41-8582-4404-B9A8-E9B84F2DF50E"
    case linuxData = "0FC63DAF-8483-4772-8E79-3D69D8477DE4"
    case biosBoot = "21686148-6449-6E6F-744E-656564454649"
    case reserved = "C95DC21A-DF0E-4340-8D7B-26CBFA9A03E0"

    init?(guid: String) { self.init(rawValue: guid.uppercased()) }

    /// For `-t NAME`; the aliases of one type are equal.
    init?(alias: String) {
        switch alias {
        case "coreos-usr", "coreos-rootfs": self = .usr
        case "coreos-resize": self = .resize
        case "linux-data": self = .linuxData
        case "coreos-reserved": self = .reserved
        default: return nil
        }
    }

    /// As `cgpt show` prints it.
    var description: String {
        switch self {
        case .usr: "Alias for coreos-rootfs"
        case .resize: "CoreOS auto-resize"
        case .linuxData: "Alias for linux-data"
        case .biosBoot: "BIOS Boot Partition"
        case .reserved: "CoreOS reserved"
        }
    }
}
