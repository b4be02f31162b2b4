/// The items that wait for one listener. The queue decides what is dropped, and never grows past its room.
struct DeliveryQueue<Item: Sendable>: Sendable {
    let room: DeliveryRoom
    private var waiting: [Delivery<Item>] = []
    private var itemsWaiting = 0
    /// The items of the delivery that was taken out and has not ended.
    private var underWay = 0

    init(_ room: DeliveryRoom) { self.room = room }

    /// The items that the listener was not told of: the dropped ones of which it was not told either count, too.
    var left: Int { waiting.reduce(underWay) { $0 + $1.count } }

    mutating func put(_ item: Item) {
        switch room {
        case .newest: waiting = [.item(item)]
        case .items(let most) where itemsWaiting >= most:
            if case .dropped(let count)? = waiting.last {
                waiting[waiting.count - 1] = .dropped(count + 1)
            } else {
                waiting.append(.dropped(1))
            }
            return
        case .items: waiting.append(.item(item))
        }
        itemsWaiting = min(itemsWaiting + 1, waiting.count)
    }

    /// Takes out the next delivery; nil where none waits.
    mutating func next() -> Delivery<Item>? {
        guard !waiting.isEmpty else { return nil }
        let next = waiting.removeFirst()
        if case .item = next { itemsWaiting -= 1 }
        underWay = next.count
        return next
    }

    /// The delivery that was taken out has ended, well or not.
    mutating func end() { underWay = 0 }
}

extension Delivery {
    /// The items that the delivery is about.
    fileprivate var count: Int {
        switch self {
        case .item: 1
        case .dropped(let count): count
        }
    }
}
