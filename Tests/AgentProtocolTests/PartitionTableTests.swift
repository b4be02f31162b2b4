import AgentProtocol
import Testing

@Suite struct PartitionTableTests {
    static func table(
        _ booted: (Int, Int, Int, Int), _ other: (Int, Int, Int, Int)
    ) -> PartitionTable {
        func partition(_ values: (Int, Int, Int, Int)) -> PartitionTable.Partition {
            .init(
                number: values.0, label: values.0 == 3 ? "USR-A" : "USR-B", device: "/dev/sda\(values.0)",
                priority: values.1, tries: values.2, successful: values.3 == 1)
        }
        return PartitionTable(disk: "/dev/sda", booted: partition(booted), other: partition(other))
    }

    struct Case: Sendable {
        var booted: (Int, Int, Int, Int)
        var other: (Int, Int, Int, Int)
        var stays: Bool
        var isArmed: Bool
    }

    /// Number, priority, tries, successful; of equals GRUB takes the first on the disk.
    @Test(arguments: [
        Case(booted: (3, 1, 0, 1), other: (4, 0, 0, 0), stays: true, isArmed: false),
        Case(booted: (3, 1, 0, 1), other: (4, 2, 1, 0), stays: false, isArmed: true),
        Case(booted: (3, 1, 0, 1), other: (4, 1, 0, 1), stays: true, isArmed: false),
        Case(booted: (4, 1, 0, 1), other: (3, 1, 0, 1), stays: false, isArmed: false),
        Case(booted: (3, 1, 0, 1), other: (4, 1, 1, 0), stays: true, isArmed: false),
        Case(booted: (4, 1, 0, 1), other: (3, 1, 1, 0), stays: false, isArmed: true),
        Case(booted: (4, 0, 0, 1), other: (3, 0, 1, 0), stays: true, isArmed: false),
        Case(booted: (3, 1, 0, 1), other: (4, 2, 0, 1), stays: false, isArmed: false),
        Case(booted: (3, 1, 0, 1), other: (4, 2, 0, 0), stays: true, isArmed: false),
    ])
    func whatBootsNext(_ example: Case) {
        let table = Self.table(example.booted, example.other)
        #expect(table.staysOnNextBoot == example.stays)
        #expect(table.isArmed == example.isArmed)
        #expect(table.isCommitted == example.stays)
    }
}
