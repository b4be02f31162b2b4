/// The three GPT attributes by which GRUB chooses between USR-A and USR-B (facts 4).
public struct PartitionAttributes: Hashable, Sendable {
    /// 0…15, the highest bootable one boots; 0 never boots.
    public var priority: Int
    /// 0…15, taken down by one before each boot.
    public var tries: Int
    public var successful: Bool

    public init(priority: Int, tries: Int, successful: Bool) {
        self.priority = priority
        self.tries = tries
        self.successful = successful
    }

    /// From what `cgpt show -i N` printed with `-P`, `-T` and `-S`.
    public init(priority: String, tries: String, successful: String) throws(MalformedText) {
        self.init(
            priority: try CgptField.priority.number(in: priority),
            tries: try CgptField.tries.number(in: tries),
            successful: try CgptField.successful.number(in: successful) == 1)
    }

    /// `priority=2 tries=0 successful=1`; nil for other attributes, such as `Legacy BIOS Bootable`.
    init?(attribute text: Substring) {
        let fields = text.blankSeparatedFields
        guard fields.count == 3,
            let priority = fields[0][...].after("priority=").flatMap(CgptField.priority.number),
            let tries = fields[1][...].after("tries=").flatMap(CgptField.tries.number),
            let successful = fields[2][...].after("successful=").flatMap(CgptField.successful.number)
        else { return nil }
        self.init(priority: priority, tries: tries, successful: successful == 1)
    }

    /// GRUB considers it at all.
    public var isBootable: Bool { priority > 0 && (tries > 0 || successful) }
}

extension PartitionAttributes: CustomStringConvertible {
    /// As cgpt writes it.
    public var description: String {
        "priority=\(priority) tries=\(tries) successful=\(successful ? 1 : 0)"
    }
}
