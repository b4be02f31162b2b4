/// The last elements of a list that may be long: at most `elementsMax` of them. Earlier elements are dropped and
/// counted.
public struct Tail<Element: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    /// In their order.
    public private(set) var last: [Element] = []
    /// How many there were before these.
    public private(set) var leftOut = 0

    static var elementsMax: Int { 500 }

    init() {}

    mutating func append(_ element: Element) {
        last.append(element)
        guard last.count > Self.elementsMax else { return }
        last.removeFirst()
        leftOut += 1
    }

    /// Changes the last element, if there is one.
    mutating func changeLast(_ body: (inout Element) -> Void) {
        guard let index = last.indices.last else { return }
        body(&last[index])
    }
}
