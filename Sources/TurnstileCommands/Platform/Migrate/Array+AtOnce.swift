extension Array where Element: Sendable {
    /// The results of a body for each element, in the elements' order. No more than so many bodies run at once.
    func mapped<Value: Sendable>(
        atOnce: Int, _ body: @escaping @Sendable (Element) async -> Value
    ) async -> [Value] {
        await withTaskGroup(of: (Int, Value).self) { group in
            var rest = enumerated().makeIterator()
            func begin() {
                guard let (place, element) = rest.next() else { return }
                group.addTask { (place, await body(element)) }
            }
            for _ in 0..<Swift.max(1, atOnce) { begin() }
            var found: [(Int, Value)] = []
            for await one in group {
                found.append(one)
                begin()
            }
            return found.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
