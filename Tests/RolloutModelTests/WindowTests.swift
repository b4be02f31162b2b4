import RolloutModel
import Testing

@Suite struct WindowTests {
    /// The window, a moment, and what is left of it there; where it is shut, minutes until it opens.
    static let moments: [(String, Weekday, String, left: Int?, opensIn: Int)] = [
        ("22:00-04:00", .monday, "21:59", nil, 1),
        ("22:00-04:00", .monday, "22:00", 360, 0),
        ("22:00-04:00", .sunday, "03:59", 1, 0),
        ("22:00-04:00", .sunday, "04:00", nil, 1080),
        ("Sat 22:00-04:00", .saturday, "23:00", 300, 0),
        ("Sat 22:00-04:00", .sunday, "01:00", 180, 0),
        ("Sat 22:00-04:00", .saturday, "01:00", nil, 1260),
        ("Sat 22:00-04:00", .sunday, "22:00", nil, 8640),
        ("Sun 22:00-04:00", .monday, "03:00", 60, 0),
        ("Mon-Fri 01:00-05:00", .friday, "04:30", 30, 0),
        ("Mon-Fri 01:00-05:00", .friday, "05:00", nil, 4080),
        ("Sat-Mon 10:00-11:00", .sunday, "10:30", 30, 0),
        ("Sat-Mon 10:00-11:00", .tuesday, "10:30", nil, 5730),
        ("00:00-24:00", .wednesday, "13:00", 660, 0),
        ("Wed 12:00-12:01", .wednesday, "12:01", nil, 10079),
    ]

    @Test(arguments: moments)
    func aWindowIsOpenOnItsDaysFromOneMinuteToAnother(
        text: String, weekday: Weekday, clock: String, left: Int?, opensIn: Int
    ) throws {
        let window = try #require(MaintenanceWindow(text))
        let time = LocalTime(weekday: weekday, minute: try Self.minute(clock))
        #expect(time.description.hasSuffix(clock))
        #expect(window.minutesLeft(at: time) == left)
        #expect(window.minutesUntilOpen(at: time) == opensIn)
    }

    @Test(arguments: [
        "22:00-04:00", "Sat 22:00-04:00", "Mon,Wed 01:00-24:00", "Sun 00:00-24:00", "Mon,Tue,Sun 10:00-11:00",
    ])
    func aWindowIsWrittenAsItIsRead(text: String) {
        #expect(MaintenanceWindow(text)?.description == text)
    }

    @Test(arguments: [
        "", "22:00", "22:00-22:00", "24:00-02:00", "22:00-24:01", "22:60-23:00", "2:00-3:00", "22:00-",
        "Someday 22:00-04:00", "mon 22:00-04:00", "Mon- 22:00-04:00", "Mon-Tue-Wed 22:00-04:00",
        "Mon,,Tue 22:00-04:00", "Mon Tue 22:00-04:00", "+1:00-02:00", "22:00-04:00-05:00",
    ])
    func whatIsNoWindowIsNone(text: String) { #expect(MaintenanceWindow(text) == nil) }

    /// Whatever the moment, a window is either open or opens at the end of the wait it gives, and not before.
    @Test(arguments: ["22:00-04:00", "Sat 22:00-04:00", "Mon-Fri,Sun 01:30-05:00", "Tue 00:00-24:00"])
    func theWaitEndsWithTheWindowOpen(text: String) throws {
        let window = try #require(MaintenanceWindow(text))
        let week = Weekday.allCases.flatMap { day in (0..<1440).map { LocalTime(weekday: day, minute: $0) } }
        for (index, time) in week.enumerated() {
            let wait = window.minutesUntilOpen(at: time)
            let opening = week[(index + wait) % week.count]
            try #require(window.minutesLeft(at: opening) != nil, "\(time)")
            if wait > 0 {
                try #require(
                    window.minutesLeft(at: week[(index + wait - 1) % week.count]) == nil, "\(time)")
            }
        }
    }

    // MARK: The gate

    static func verdict(_ checkpoint: Checkpoint, at clock: String?) throws -> Verdict {
        let open = [try #require(MaintenanceWindow("Sat 22:00-04:00"))]
        var settings = GatesTests.settings
        settings.windows = .init(open: open, minutesPerHost: 30)
        let minute = try clock.map { try Self.minute($0) }
        let history = GatesTests.steady.map { inventory in
            var inventory = inventory
            inventory.localTime = minute.map { LocalTime(weekday: .saturday, minute: $0) }
            return inventory
        }
        return Gates(plan: Samples.plan(), settings: settings)
            .verdict(checkpoint, of: Samples.a, history: history)
    }

    @Test(arguments: [Checkpoint.beforeStage, .beforeReboot])
    func noHostIsTakenOutWhileEveryWindowIsShut(checkpoint: Checkpoint) throws {
        #expect(try Self.verdict(checkpoint, at: "23:00") == .proceed)
        #expect(try Self.verdict(checkpoint, at: nil) == .hold([.window(.windowUnknown)]))
        let reasons = try Self.verdict(checkpoint, at: "21:00").reasons
        #expect(
            reasons.map(\.description) == [
                "it is Sat 21:00, and the maintenance window is Sat 22:00-04:00: it opens in 1 h"
            ])
        #expect(reasons.first?.patience == .later(.seconds(3540)))
    }

    @Test func whatIsLeftMustDoForAHostToBeginAndNotForItToGo() throws {
        var settings = GatesTests.settings
        settings.windows = .init(open: [try #require(MaintenanceWindow("12:00-13:00"))], minutesPerHost: 30)
        let gates = Gates(plan: Samples.plan(), settings: settings)
        var late = GatesTests.steady
        late[late.count - 1].localTime = LocalTime(weekday: .monday, minute: 12 * 60 + 31)
        #expect(
            gates.verdict(.beforeStage, of: Samples.a, history: late)
                == .hold([.window(.windowTooShort(host: Samples.a, leftMinutes: 29, neededMinutes: 30))]))
        #expect(gates.verdict(.beforeReboot, of: Samples.a, history: late) == .proceed)
    }

    @Test(arguments: [Checkpoint.beforeCommit, .afterCommit, .afterRollback])
    func aHostThatIsOutIsBroughtHomeAtAnyHour(checkpoint: Checkpoint) throws {
        #expect(try Self.verdict(checkpoint, at: "09:00") == .proceed)
    }

    private static func minute(_ clock: String) throws -> Int {
        let parts = clock.split(separator: ":").compactMap { Int($0) }
        try #require(parts.count == 2)
        return parts[0] * 60 + parts[1]
    }
}
