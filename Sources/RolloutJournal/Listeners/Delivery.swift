/// A message to a listener.
public enum Delivery<Item: Sendable>: Sendable {
    case item(Item)
    /// So many items were to come here, did not fit into the queue, and are lost to this listener.
    case dropped(Int)
}

extension Delivery: Equatable where Item: Equatable {}

/// The terms on which a listener is told.
public struct DeliveryTerms: Sendable {
    /// The listener, in messages: "the reader of the entries".
    public var name: String
    public var room: DeliveryRoom
    /// The words for a person when a delivery fails. They are said once, until a delivery succeeds again.
    public var trouble: @Sendable (any Error) -> String

    public init(
        name: String, room: DeliveryRoom, trouble: @escaping @Sendable (any Error) -> String
    ) {
        self.name = name
        self.room = room
        self.trouble = trouble
    }
}

/// The items that may wait for a listener.
public enum DeliveryRoom: Hashable, Sendable {
    /// At most so many. Items that come when the room is full are dropped, and the listener is told how many.
    case items(Int)
    /// Room for a single item. A newer item takes the place of the one that waits.
    case newest
}
