import Testing

@testable import Coordinator

@Suite struct ConnectPatienceTests {
    @Test func aHostThatWasNeverThereHasAllTheTime() {
        var patience = ConnectPatience()
        for _ in 1...10 {
            #expect(patience.time(of: .seconds(15)) == .seconds(15))
            patience.note(connected: false)
        }
    }

    @Test("a host that was there is called anew each second, and now and then for as long as it may take")
    func aHostThatWentAwayIsCalledAnew() {
        var patience = ConnectPatience()
        patience.note(connected: true)
        var times: [Duration] = []
        for _ in 1...10 {
            times.append(patience.time(of: .seconds(15)))
            patience.note(connected: false)
        }
        #expect(times.filter { $0 == .seconds(1) }.count == 8)
        #expect(times[4] == .seconds(15) && times[9] == .seconds(15))
        patience.note(connected: true)
        #expect(patience.time(of: .seconds(15)) == .seconds(1))
    }

    @Test func neverLongerThanTheSettingsSay() {
        var patience = ConnectPatience()
        patience.note(connected: true)
        #expect(patience.time(of: .milliseconds(300)) == .milliseconds(300))
    }
}
