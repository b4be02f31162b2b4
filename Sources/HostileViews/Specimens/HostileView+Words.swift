import Foundation
import Reports
import RolloutModel
import Rollouts
import Settings
import Synchronization
import TurnstileCommands

extension HostileView {
    /// Texts that come in by themselves: hooks, pages, names; and the last line before the terminal, with anything.
    static func words() async throws -> [HostileView] {
        [
            try await HostileView("what a hook prints", #"["first","last"]"#) { document in
                try JSONDecoder().decode([String].self, from: Data(document))
            } show: { words in
                HookAnswer(.exited(HookAnswer.holds), output: words[0], errors: words[1]).views
                    + HookAnswer(.exited(3), output: "", errors: words[1]).views
            },
            try await HostileView("a page", #"{"state":{"mode":"open","count":7}}"#) { document in
                String(decoding: document, as: UTF8.self)
            } show: { body in
                let gate = HTTPGate(
                    url: "http://example/state", field: .init(path: "state.mode", value: "closed"))
                let why = gate.objection(status: 200, body: body) ?? "it is open"
                return views(
                    of: [.operatorGate(.pageShut(url: gate.shownURL, why: why))], in: RolloutSample.rollout)
            },
            try await HostileView("names of hosts", #"["core-1","core-2"]"#) { document in
                try JSONDecoder().decode([String].self, from: Data(document))
            } show: { names in
                progress(of: names.map { HostID($0) })
            },
            try await HostileView("a terminal's text", #"["first","last"]"#) { document in
                try JSONDecoder().decode([String].self, from: Data(document))
            } show: { words in
                let text = words.joined(separator: " ")
                let document = try JSONText.document(words)
                return [
                    Rendering("passed", .terminal(Terminal.passing(text))),
                    Rendering(
                        "painted", .terminal(Terminal.passing(Terminal.coloured.paint(text, .red) + "\n"))),
                    Rendering("written over", .terminal(Terminal.passing(Terminal.eraseLine + text))),
                    Rendering("document", .json(document, count: words.count)),
                    Rendering("document on a terminal", .terminal(Terminal.passing(document))),
                ]
            },
        ]
    }

    private static func progress(of hosts: [HostID]) -> [Rendering] {
        let written = Mutex<[String]>([])
        let began = ContinuousClock.now
        let now = Mutex(began)
        let progress = AuditProgress(hosts: hosts, terminal: .coloured, now: { now.withLock { $0 } }) {
            text in
            written.withLock { $0.append(text) }
        }
        for place in hosts.indices { progress.began(place) }
        now.withLock { $0 += .seconds(9) }
        progress.ended(0, failed: true)
        progress.hide()
        return written.withLock { $0 }.map { Rendering("progress", .terminal(Terminal.passing($0))) }
            + written.withLock { $0 }.map { text in
                let line =
                    text.hasPrefix(Terminal.eraseLine)
                    ? String(text.utf8.dropFirst(Terminal.eraseLine.utf8.count)) : text
                return Rendering("progress' line", .lines([TerminalRule.withoutColours(line ?? "")]))
            }
    }
}

extension HookAnswer {
    fileprivate var views: [Rendering] {
        let host = RolloutSample.a
        let reason: HoldReason =
            switch self {
            case .proceed(let output), .hold(let output):
                .operatorGate(.hookHolds(.gate, on: host, output: output))
            case .failed(let why, let output):
                .operatorGate(.hookFailed(.gate, on: host, why: why, output: output))
            case .unheard(let why, let trouble):
                .operatorGate(.hookUnheard(.gate, on: host, why: why, trouble: trouble))
            }
        return HostileView.views(of: [reason], in: RolloutSample.rollout)
    }
}
