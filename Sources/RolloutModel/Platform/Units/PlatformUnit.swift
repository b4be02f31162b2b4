/// A unit of Deis: a component, and a number where there are several of it.
public struct PlatformUnit: Hashable, Sendable, CustomStringConvertible {
    public var component: PlatformComponent
    /// The unit's number; nil for a component whose units have none.
    public var number: Int?

    public init(_ component: PlatformComponent, _ number: Int? = nil) {
        self.component = component
        self.number = number
    }

    /// - Parameter name: the name as fleet has it, `deis-router@1.service`. The result is nil for any other
    ///   name.
    public init?(name: some StringProtocol) {
        guard name.hasPrefix(Self.prefix), name.hasSuffix(Self.suffix), name.utf8.count <= Self.bytesMax
        else {
            return nil
        }
        self.init(target: name.dropFirst(Self.prefix.count).dropLast(Self.suffix.count))
    }

    /// - Parameter target: the unit as deisctl takes it, `router@1`.
    public init?(target: some StringProtocol) {
        let parts = target.split(separator: "@", omittingEmptySubsequences: false)
        guard let first = parts.first, let component = PlatformComponent(rawValue: String(first)),
            component.isNumbered == (parts.count == 2)
        else { return nil }
        guard parts.count == 2 else {
            guard parts.count == 1 else { return nil }
            self.init(component)
            return
        }
        guard let number = Int(parts[1]), (1...Self.numberMax).contains(number), "\(number)" == parts[1]
        else {
            return nil
        }
        self.init(component, number)
    }

    private static let prefix = "deis-"
    private static let suffix = ".service"
    private static let bytesMax = 64
    /// The highest number, as deisctl's `--router-mesh-size` allows it.
    static let numberMax = 255

    /// The unit as deisctl takes it.
    public var target: String { number.map { "\(component)@\($0)" } ?? component.rawValue }
    /// The unit's name as fleet has it.
    public var name: String { Self.prefix + target + Self.suffix }

    public var description: String { target }
}

extension PlatformUnit: Comparable {
    public static func < (one: Self, other: Self) -> Bool {
        (one.component.rawValue, one.number ?? 0) < (other.component.rawValue, other.number ?? 0)
    }
}

extension PlatformUnit: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let target = try container.decode(String.self)
        guard let unit = PlatformUnit(target: target) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(ForeignText.line(target))' is no unit of Deis")
        }
        self = unit
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(target)
    }
}

extension [PlatformUnit] {
    /// The units of some components, in their order.
    public func of(_ components: [PlatformComponent]) -> [PlatformUnit] {
        filter { components.contains($0.component) }
    }

    /// The units of a role, in their order.
    public func of(_ role: PlatformComponent.Role) -> [PlatformUnit] {
        filter { $0.component.role == role }
    }

    /// The units as a sentence names them.
    var text: String { Names.text(map(\.target)) }
}
