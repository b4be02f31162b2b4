import Testing

@testable import RolloutJournal

/// The queue of one listener: bounded, in order, and honest about what it drops.
@Suite struct DeliveryQueueTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var room: DeliveryRoom
        /// Letters are put in, a dot takes one out.
        var course: String
        var delivered: [Delivery<Character>]
        var left: Int
    }

    static let cases = [
        Case(testDescription: "nothing", room: .items(2), course: "..", delivered: [], left: 0),
        Case(
            testDescription: "in order", room: .items(2), course: "ab..",
            delivered: [.item("a"), .item("b")], left: 0),
        Case(
            testDescription: "the ones that do not fit", room: .items(2), course: "abcd...",
            delivered: [.item("a"), .item("b"), .dropped(2)], left: 0),
        Case(
            testDescription: "a gap stands where it was", room: .items(2), course: "abc.d....",
            delivered: [.item("a"), .item("b"), .dropped(1), .item("d")], left: 0),
        Case(
            testDescription: "gaps do not add up across an item", room: .items(1), course: "abc.d..e.",
            delivered: [.item("a"), .dropped(2), .item("d"), .item("e")], left: 0),
        Case(
            testDescription: "a gap that nobody was told of is left", room: .items(1), course: "abc.",
            delivered: [.item("a")], left: 2),
        Case(
            testDescription: "no room at all", room: .items(0), course: "ab.", delivered: [.dropped(2)],
            left: 0),
        Case(
            testDescription: "the newest alone", room: .newest, course: "abc.d.",
            delivered: [.item("c"), .item("d")], left: 0),
        Case(testDescription: "the newest is left", room: .newest, course: "abc", delivered: [], left: 1),
    ]

    @Test(arguments: cases) func theQueueKeepsItsRoom(_ example: Case) {
        var queue = DeliveryQueue<Character>(example.room)
        var delivered: [Delivery<Character>] = []
        for step in example.course {
            guard step == "." else {
                queue.put(step)
                continue
            }
            queue.next().map { delivered.append($0) }
            queue.end()
        }
        #expect(delivered == example.delivered)
        #expect(queue.left == example.left)
    }

    @Test func aDeliveryUnderWayIsLeft() {
        var queue = DeliveryQueue<Character>(.items(2))
        queue.put("a")
        _ = queue.next()
        #expect(queue.left == 1)
    }
}
