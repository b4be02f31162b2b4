import RolloutModel
import Testing

/// Steps on a world of switches, cut off after every directive and taken up from what is in the journal.
@Suite struct StepsCutTests {
    /// The fate of the directive that was cut.
    enum Cut: CaseIterable { case undone, doneUnheard }

    /// A world in which acts have their effect at once.
    private struct World {
        var isOn: [String: Bool] = ["mains": true]
        var turned: [Turn] = []

        func shows(_ proof: [Seen]) -> Bool { proof.allSatisfy { isOn[$0.name] ?? false == $0.isOn } }

        mutating func carryOut(_ directive: SampleSteps.Directive) -> StepsEvent.Found? {
            switch directive {
            case .askGates(_, let proof): return shows(proof) ? .gatesOpened : .gatesHeld(reasons: [])
            case .record: return nil
            case .perform(_, let turn):
                isOn[turn.name] = turn.isOn
                turned.append(turn)
                return .heard
            case .noteCut: return .cutOff
            case .look(_, let proof): return shows(proof) ? .proved : .absent(why: "it is not so")
            case .prove(_, let proof, _): return shows(proof) ? .proved : .unproved(reasons: [])
            }
        }
    }

    /// Carries out directives until the steps end, and cuts once.
    private func play(cutAt: Int, _ cut: Cut, turnsBack: Bool) throws -> World {
        var world = World()
        var run = StepsRun(try StepSamples.three())
        if turnsBack { try run.reachTheEnd(of: &world.isOn) }
        var directives = turnsBack ? try run.turnBack() : run.begin()
        var count = 0
        while let next = directives.first {
            defer { count += 1 }
            if count == cutAt {
                if cut == .doneUnheard { _ = world.carryOut(next) }
                directives = try run.resume()
                continue
            }
            guard let found = world.carryOut(next) else {
                directives.removeFirst()
                continue
            }
            directives = try run.handle(found)
        }
        #expect(run.stop == nil && run.result == (turnsBack ? .undone(downTo: nil) : .done))
        return world
    }

    @Test(arguments: 0..<12, Cut.allCases)
    func theEndIsTheSame(cutAt: Int, cut: Cut) throws {
        let world = try play(cutAt: cutAt, cut, turnsBack: false)
        #expect(world.isOn == ["mains": true, "power": true, "lamp": true, "pump": true])
        let turned = world.turned.map(\.name)
        #expect(turned.filter { $0 != "power" } == ["lamp", "pump"])
    }

    @Test(arguments: 0..<8, Cut.allCases)
    func theBeginningIsTheSame(cutAt: Int, cut: Cut) throws {
        let world = try play(cutAt: cutAt, cut, turnsBack: true)
        #expect(world.isOn == ["mains": true, "power": false, "lamp": true, "pump": false])
        #expect(world.turned.map(\.name).filter { $0 != "power" } == ["pump"])
    }
}

extension StepsRun {
    /// The last step is heard, and not proved yet.
    fileprivate mutating func reachTheEnd(of isOn: inout [String: Bool]) throws {
        _ = begin()
        try handle(StepsTests.proved + StepsTests.proved + [.gatesOpened, .heard])
        for name in ["power", "lamp", "pump"] { isOn[name] = true }
    }
}
