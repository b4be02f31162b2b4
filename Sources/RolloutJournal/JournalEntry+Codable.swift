import RolloutModel

/// In the file a content is an object whose only key names it: `{"intent":{"reboot":{…}}}`.
extension JournalEntry.Content: Codable {
    private enum Kind: String, CodingKey {
        case opened, attached, reserving, letGo, intent, said, event
    }

    /// All but the format and the plan is from format 3 on.
    private struct Opened: Codable {
        var format: Int
        var rollout: RolloutID?
        var operatorName: String?
        var configuration: String?
        var settings: [String: String]?
        var plan: Plan
    }

    private struct Attached: Codable {
        var token: Token
        var by: String
        var configuration: ConfigurationMark?
    }

    private struct Reserving: Codable {
        var holder: String
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Kind.self)
        let kinds = container.allKeys
        guard let kind = kinds.first, kinds.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not exactly one known content"))
        }
        switch kind {
        case .opened:
            let opened = try container.decode(Opened.self, forKey: kind)
            self = .opened(
                format: opened.format, plan: opened.plan, configuration: opened.configuration ?? "",
                settings: opened.settings)
        case .attached:
            let attached = try container.decode(Attached.self, forKey: kind)
            self = .attached(token: attached.token, by: attached.by, with: attached.configuration)
        case .letGo:
            self = .letGo(token: try container.decode(Token.self, forKey: kind))
        case .reserving:
            self = .reserving(holder: try container.decode(Reserving.self, forKey: kind).holder)
        case .intent:
            self = .intent(try container.decodeBare(RolloutMachine.Intent.self, forKey: kind))
        case .said:
            self = .said(try container.decode(HookWord.self, forKey: kind))
        case .event:
            self = .event(try container.decodeBare(RolloutMachine.Event.self, forKey: kind))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Kind.self)
        switch self {
        case .opened(let format, let plan, let configuration, let settings):
            try container.encode(
                Opened(
                    format: format, rollout: plan.rollout, operatorName: plan.operatorName,
                    configuration: configuration, settings: settings, plan: plan), forKey: .opened)
        case .attached(let token, let by, let mark):
            try container.encode(Attached(token: token, by: by, configuration: mark), forKey: .attached)
        case .letGo(let token): try container.encode(token, forKey: .letGo)
        case .reserving(let holder): try container.encode(Reserving(holder: holder), forKey: .reserving)
        case .intent(let intent): try container.encode(intent, forKey: .intent)
        case .said(let word): try container.encode(word, forKey: .said)
        case .event(let event): try container.encode(event, forKey: .event)
        }
    }
}

/// The first journals of format 1 have one more object around an intent and an event: `{"event":{"_0":{…}}}`.
private struct Wrapped<Value: Decodable>: Decodable {
    var value: Value

    enum CodingKeys: String, CodingKey {
        case value = "_0"
    }
}

extension KeyedDecodingContainer {
    /// Decodes a value that may be wrapped.
    fileprivate func decodeBare<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        do {
            return try decode(type, forKey: key)
        } catch {
            guard let wrapped = try? decode(Wrapped<Value>.self, forKey: key) else { throw error }
            return wrapped.value
        }
    }
}
