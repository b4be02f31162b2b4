import HostFiles

/// The few things that the front must understand of cgpt's command line.
enum CgptArguments {
    private static let subcommands = [
        "create", "add", "show", "repair", "boot", "find", "prioritize", "legacy",
    ]

    /// The subcommand that a word stands for: any beginning will do that fits no other.
    static func subcommand(_ word: String) -> String? {
        let candidates = subcommands.filter { $0.hasPrefix(word) }
        return candidates.count == 1 ? candidates.first : nil
    }

    /// `-t coreos-usr` and `-tcoreos-usr` with the type as Debian's cgpt takes it.
    static func withTypesSpelledOut(_ arguments: [String]) -> [String] {
        var spelled = arguments
        for index in arguments.indices {
            if index > 0, arguments[index - 1] == "-t", let type = PartitionType(alias: arguments[index]) {
                spelled[index] = type.rawValue
            } else if arguments[index].hasPrefix("-t"),
                let type = PartitionType(alias: String(arguments[index].dropFirst(2)))
            {
                spelled[index] = "-t" + type.rawValue
            }
        }
        return spelled
    }

    /// `show` of the whole or of one partition, rather than of one field, raw, or bare.
    static func printsTable(_ arguments: [String]) -> Bool {
        let barePrinters: Set<Character> = ["b", "s", "t", "u", "l", "S", "T", "P", "A", "n", "q", "v", "d"]
        return !arguments.dropFirst().contains { argument in
            argument.hasPrefix("-") && !argument.hasPrefix("-i")
                && argument.dropFirst().contains(where: barePrinters.contains)
        }
    }

    /// `prioritize /dev/sda4`, `prioritize -i 4 /dev/sda`, `prioritize -i4 -P 3 /dev/sda`
    struct Prioritize: Hashable, Sendable {
        var partition: PartitionDevice
        var highest: Int?

        init(_ arguments: [String]) throws {
            var number: Int?
            var device = ""
            var rest = arguments[...]
            while let word = rest.popFirst() {
                switch word.prefix(2) {
                case "-i": number = Int(word.count > 2 ? String(word.dropFirst(2)) : rest.popFirst() ?? "")
                case "-P": highest = Int(word.count > 2 ? String(word.dropFirst(2)) : rest.popFirst() ?? "")
                case "-f": break
                default: device = word
                }
            }
            if let number {
                partition = try PartitionDevice(disk: device, number: number)
            } else {
                partition = try PartitionDevice(path: device)
            }
        }
    }
}
