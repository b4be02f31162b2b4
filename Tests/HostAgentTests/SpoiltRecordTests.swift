import AgentProtocol
import Testing

@testable import HostAgent

/// A record that no turnstile would have had the agent write.
@Suite struct SpoiltRecordTests {
    static let tokens: [Token] = [
        Token(Token.ceiling.rawValue + 1), Token(1 << 63), Token(.max - 1), Token(.max),
    ]
    static let mine = Authority(rollout: "r-1", token: 7)

    static func records(_ token: Token, _ rollout: String) -> [HostRecord] {
        let claim = Claim(rollout: rollout, token: token, holder: "h", since: "s")
        return [
            HostRecord(claim: claim, highestToken: token), HostRecord(highestToken: token),
            HostRecord(authority: Authority(rollout: rollout, token: token)), HostRecord(claim: claim),
        ]
    }

    @Test(arguments: tokens) func isChangedByNobodyAndSaysWhatSetsItRight(token: Token) {
        for record in Self.records(token, "r-9") {
            var hold = record.hold
            let before = hold
            let refusals = [
                hold.change(by: Self.mine),
                hold.take(ClaimRequest(authority: Self.mine, holder: "h", since: "s")),
                hold.release(ReleaseRequest(authority: Self.mine, supersedes: "r-9", resetsTokens: nil)),
                hold.change(by: Authority(rollout: "r-9", token: token)),
            ]
            for refusal in refusals {
                #expect(refusal?.reason == .tokenOutdated)
                #expect(refusal?.message.contains("`turnstile unlock --reset-tokens`") == true)
                #expect(refusal?.message.contains("token \(token)") == true)
            }
            #expect(hold == before)
        }
    }

    @Test(arguments: tokens + [.ceiling, Token(9 + (1 << 20))]) func isSetRightByAPersonsWord(token: Token) {
        for record in Self.records(token, "r-9") {
            var record = record
            record.phase = .staged
            #expect(record.hold.release(Self.reset(to: 8)) == nil)
            #expect(record.claim == nil && record.highestToken == 8)
            // The record still names the rollout whose update is on the host.
            #expect(record.authority.map(\.rollout) ?? "r-9" == "r-9")
            #expect(record.phase == .staged)
            #expect(record.hold.take(ClaimRequest(authority: Self.mine, holder: "h", since: "s")) != nil)
            let next = Authority(rollout: "r-1", token: 9)
            #expect(record.hold.take(ClaimRequest(authority: next, holder: "h", since: "s")) == nil)
        }
    }

    /// A boot remembers the highest token apart from the record, and does not bring back what was set back.
    @Test(arguments: tokens + [.ceiling, Token(9 + (1 << 20))], [true, false])
    func aTokenThatWasSetBackStaysSo(token: Token, isRecordLost: Bool) async throws {
        let host = SimulatedHost()
        let text = String(decoding: try Wire.line(HostRecord(highestToken: token)), as: UTF8.self)
        host.with {
            $0.files[RecordStore.path] = isRecordLost ? nil : .text(text)
            $0.files[GoalTrail.tokenPath] = .text("\(token)")
        }
        #expect(try await host.claim(by: Self.mine).refusal == .tokenOutdated)
        let answer = try await host.ask(Self.reset(to: 8))
        guard case .released = answer else {
            Issue.record("\(String(describing: answer))")
            return
        }
        #expect(await host.report()?.agent.highestToken == 8)
        #expect(try await host.claim(by: Self.mine).refusal == .tokenOutdated)
        #expect(try await host.claim(by: Authority(rollout: "r-1", token: 9)).refusal == nil)
    }

    @Test(arguments: ["../../x", "r-1; touch x", "a\u{1B}[2J", "", ".."])
    func aNameThatIsNoneHoldsTooAndGoesAway(rollout: String) {
        let claim = Claim(rollout: rollout, token: 3, holder: "h", since: "s")
        var record = HostRecord(
            authority: Authority(rollout: rollout, token: 3), claim: claim, highestToken: 3)
        #expect(record.hold.change(by: Self.mine)?.reason == .tokenOutdated)
        #expect(record.hold.release(Self.reset(to: 4)) == nil)
        #expect(record.authority?.rollout == "unknown" && record.claim == nil)
        #expect(record.hold.change(by: Self.mine) == nil)
    }

    @Test(arguments: [0, 7, 8, Token(7 + (1 << 20))] as [Token]) func aSoundRecordStaysAsItIs(token: Token) {
        let claim = Claim(rollout: "r-9", token: token, holder: "h", since: "s")
        var record = HostRecord(claim: claim, highestToken: token)
        let before = record
        #expect(record.hold.release(Self.reset(to: 7))?.reason == .phaseUnsuitable)
        #expect(record == before)
    }

    @Test(arguments: tokens) func aRequestWithATokenThatIsNobodysIsRefused(token: Token) throws {
        let authority = Authority(rollout: "r-1", token: token)
        let lines = [
            try Wire.line(ClaimRequest(authority: authority, holder: "h", since: "s")),
            try Wire.line(ReleaseRequest(authority: authority, supersedes: nil, resetsTokens: true)),
        ]
        #expect(throws: StepStop.self) { try RequestReader.read(ClaimRequest.self, line: lines[0]) }
        #expect(throws: StepStop.self) { try RequestReader.read(ReleaseRequest.self, line: lines[1]) }
    }

    /// The agent reports a damaged file and does not trap, whatever the file contains.
    @Test(arguments: [
        (#""number":3"#, #""number":9223372036854775807"#),
        (#""number":3"#, #""number":-9223372036854775808"#),
        (#""endSeconds":600"#, #""endSeconds":1e300"#), (#""endSeconds":600"#, #""endSeconds":-1e300"#),
        (#""deadlineSeconds":60"#, #""deadlineSeconds":9223372036854775807"#),
        (#""token":7"#, #""token":18446744073709551616"#), (#""token":7"#, #""token":-1"#),
    ])
    func numbersThatNothingLeadsToAreDamage(found: String, put: String) async throws {
        let goal = Goal(
            number: 3, request: .abandon(AbandonRequest(authority: Self.mine, deadline: .seconds(60))),
            bootID: "b",
            end: .seconds(600))
        let text = String(
            decoding: try Wire.line(HostRecord(authority: Self.mine, goal: goal)), as: UTF8.self)
        #expect(text.contains(found))
        let host = SimulatedHost()
        host.with { $0.files[RecordStore.path] = .text(text.replacing(found, with: put)) }
        let report = try #require(await host.report())
        #expect(report.unreadable.contains { $0.subject == RecordStore.path })
    }

    @Test(arguments: ["1e300 1", "inf 1", "-inf", "nan", "-5 1", "1e10 0", "x", ""])
    func anUptimeThatIsNoneIsNotTold(text: String) async throws {
        let host = SimulatedHost()
        host.with { $0.files["/proc/uptime"] = .text(text + "\n") }
        let report = try #require(await host.report())
        #expect(report.uptimeSeconds == nil)
        #expect(report.unreadable.contains { $0.subject == "/proc/uptime" })
    }

    static func reset(to token: Token) -> ReleaseRequest {
        ReleaseRequest(
            authority: Authority(rollout: "reset-tokens", token: token), supersedes: nil, resetsTokens: true)
    }
}
