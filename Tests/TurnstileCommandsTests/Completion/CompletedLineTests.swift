import ArgumentParser
import Testing

@testable import TurnstileCommands

@Suite struct CompletedLineTests {
    static let options: [([String], String?)] = [
        (["turnstile", "--config", "a.yaml", "audit", ""], "a.yaml"),
        (["turnstile", "audit", "--config", "a.yaml", ""], "a.yaml"),
        (["turnstile", "--config=a.yaml", "audit", ""], "a.yaml"),
        // As bash splits it.
        (["turnstile", "--config", "=", "a.yaml", "audit", ""], "a.yaml"),
        (["turnstile", "--config", "a.yaml", "--config", "b.yaml", "audit", ""], "b.yaml"),
        (["turnstile", "--config", "'a b.yaml'", "audit", ""], "a b.yaml"),
        (["turnstile", "--config", "a\\ b.yaml", "audit", ""], "a b.yaml"),
        (["turnstile", "--config", "\"a\\\"b\".yaml", "audit", ""], "a\"b.yaml"),
        (["turnstile", "--config", "~/a.yaml", "audit", ""], "~/a.yaml"),
        (["turnstile", "--config", "$HOME/a.yaml", "audit", ""], nil),
        (["turnstile", "--config", "$(touch hacked)", "audit", ""], nil),
        (["turnstile", "--config", "<(", "cat", "a)", "audit", ""], nil),
        (["turnstile", "--config", "'a", "audit", ""], nil),
        (["turnstile", "--config", "a\\", "audit", ""], nil),
        (["turnstile", "audit", "--config"], nil),
        (["turnstile", "audit", ""], nil),
    ]

    @Test(arguments: options) func anOptionsValueIsFound(words: [String], value: String?) {
        let line = CompletedLine(words: words, index: words.count - 1, shell: .bash)
        #expect(line.value(of: "--config") == value)
    }

    static let names = ["core-1", "core-1:2222", "fd00::1", "fd00::2"]

    static let offers: [(shell: CompletionShell?, words: [String], offered: [String])] = [
        (.bash, ["turnstile", "audit", ""], names),
        (.bash, ["turnstile", "audit", "core-1", ":"], ["2222"]),
        (.bash, ["turnstile", "audit", "core-1", ":", "22"], ["2222"]),
        (.bash, ["turnstile", "audit", "fd00", "::", ""], ["1", "2"]),
        (.bash, ["turnstile", "audit", "core-1", ""], names),
        (.bash, ["turnstile", "resume", "--override", "window", "="], []),
        (.bash, ["turnstile", "audit", "--user", "=", "c"], []),
        (.zsh, ["turnstile", "audit", ""], ["core-1", "core-1\\:2222", "fd00\\:\\:1", "fd00\\:\\:2"]),
        (.fish, ["turnstile", "audit", ""], names),
        (nil, ["turnstile", "audit", ""], names),
    ]

    @Test(arguments: offers) func everyShellIsOfferedWhatItTakes(
        shell: CompletionShell?, words: [String], offered: [String]
    ) {
        let line = CompletedLine(words: words, index: words.count - 1, shell: shell)
        #expect(line.offered(Self.names) == offered)
    }

    /// A script may hand on a place that the line does not have.
    @Test(arguments: [-1, 0, 3, 4, Int.max, Int.min]) func anyPlaceIsBorne(index: Int) {
        for shell in [CompletionShell.bash, .zsh, .fish] {
            let line = CompletedLine(words: ["turnstile", "--config", ":"], index: index, shell: shell)
            #expect(line.offered([]).isEmpty)
            #expect(line.value(of: "--journal") == nil)
        }
    }
}
