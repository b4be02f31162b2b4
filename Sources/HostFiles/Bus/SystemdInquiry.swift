/// Calls to systemd over D-Bus, and how their answers are read.
public struct SystemdInquiry<Value> {
    public var calls: [BusCall]
    /// Reads the answers to `calls`, which come in the same order.
    private let value: (ArraySlice<BusAnswer>) throws(MalformedText) -> Value

    init(_ calls: [BusCall], _ value: @escaping (ArraySlice<BusAnswer>) throws(MalformedText) -> Value) {
        self.calls = calls
        self.value = value
    }

    /// - Throws: `MalformedText` for answers to something else, or too few of them.
    public func value(of answers: ArraySlice<BusAnswer>) throws(MalformedText) -> Value {
        guard answers.count == calls.count else {
            throw .unexpected(.busMessage, found: "\(answers.count) answers", expected: "\(calls.count)")
        }
        return try value(answers)
    }

    /// Both at once.
    public func and<Other>(_ other: SystemdInquiry<Other>) -> SystemdInquiry<(Value, Other)> {
        SystemdInquiry<(Value, Other)>(calls + other.calls) { (answers) throws(MalformedText) in
            let first = try self.value(of: answers.prefix(self.calls.count))
            return (first, try other.value(of: answers.dropFirst(self.calls.count)))
        }
    }
}

extension SystemdInquiry<String> {
    /// `systemctl is-system-running`.
    public static var systemState: SystemdInquiry<String> {
        SystemdInquiry([SystemdBus.systemState]) { (answers) throws(MalformedText) in
            guard case .values(let values)? = answers.first, let state = values.first?.text, !state.isEmpty
            else {
                throw .missing(.busMessage, "the state of the system")
            }
            return state
        }
    }
}

extension SystemdInquiry<Void> {
    /// `systemctl stop --no-block`: whether it stopped is to be asked for.
    public static func stop(_ unit: String) -> SystemdInquiry<Void> {
        order(SystemdBus.stop(unit)) { $0.count == 1 && $0[0].text?.contains("/job/") == true }
    }

    /// `systemctl reset-failed`.
    public static func resetFailed(_ unit: String) -> SystemdInquiry<Void> {
        order(SystemdBus.resetFailed(unit)) { $0.isEmpty }
    }

    /// Its value throws where systemd did not take the order.
    private static func order(
        _ call: BusCall, isTaken: @escaping ([BusValue]) -> Bool
    ) -> SystemdInquiry<Void> {
        SystemdInquiry([call]) { (answers) throws(MalformedText) in
            guard case .values(let values)? = answers.first, isTaken(values) else {
                throw .unexpected(
                    .busMessage, found: "another answer", expected: "that \(call.method) was taken")
            }
        }
    }
}

extension SystemdInquiry<SystemdUnitList> {
    /// The units with one of the states.
    public static func list(states: [String]) -> SystemdInquiry<SystemdUnitList> {
        SystemdInquiry([SystemdBus.list(states: states)]) { (answers) throws(MalformedText) in
            guard let answer = answers.first else { throw .missing(.busMessage, "the list of units") }
            return try SystemdUnitList(answer)
        }
    }
}

extension SystemdInquiry<SystemdUnitStates> {
    /// - Parameter properties: those to ask of each unit, which is a service.
    public static func services(
        _ units: [String], properties: (_ unit: String) -> [String]
    ) -> SystemdInquiry<SystemdUnitStates> {
        let questions = units.map { (unit: $0, properties: properties($0)) }
        let calls = questions.flatMap { unit, properties in
            properties.map { SystemdBus.property($0, ofService: unit) }
        }
        return SystemdInquiry(calls) { (answers) throws(MalformedText) in
            var left = answers
            var states: [String: SystemdUnitState] = [:]
            for (unit, properties) in questions {
                states[unit] = try SystemdUnitState(of: unit, properties, left.prefix(properties.count))
                left = left.dropFirst(properties.count)
            }
            return SystemdUnitStates(states)
        }
    }
}

extension SystemdUnitState {
    /// - Parameter answers: those to the questions for `names`, in the same order.
    /// - Throws: `MalformedText` where systemd refused to tell, and where it does not say whether the unit is active. A
    ///   property that this systemd does not know is left out.
    fileprivate init(
        of unit: String, _ names: [String], _ answers: ArraySlice<BusAnswer>
    ) throws(MalformedText) {
        var told: [String: String] = [:]
        for (name, answer) in zip(names, answers) {
            if let text = try answer.propertyText("\(name) of \(unit)") { told[name] = text }
        }
        guard let state = told["ActiveState"], state[...].consists(of: \.isLetter) else {
            throw .missing(.busMessage, "the state of \(unit)")
        }
        self.init(properties: told)
    }
}

extension BusAnswer {
    /// nil for a property that systemd does not know.
    fileprivate func propertyText(_ subject: String) throws(MalformedText) -> String? {
        switch self {
        case .refused("org.freedesktop.DBus.Error.UnknownProperty"): return nil
        case .refused(let error): throw .unexpected(.busMessage, found: error, expected: subject)
        case .values(let values):
            guard values.count == 1, let text = values[0].propertyText else {
                throw .unexpected(.busMessage, found: "another value", expected: subject)
            }
            return text
        }
    }
}
