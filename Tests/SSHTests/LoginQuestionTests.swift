import Testing

@testable import SSH

/// Tests which answers are reused, and the advice after a refused login.
@Suite struct LoginQuestionTests {
    private static let target = SSHTarget(name: "box", host: "192.0.2.1", port: 22, user: "core")

    @Test(
        arguments: [
            ("Password: ", true, true), ("core's password:", true, true), ("PASSWORD", true, true),
            // An answer that is shown is not kept.
            ("Password: ", false, false), ("Verification code: ", true, false), ("OTP: ", true, false),
            ("One-time password (OATH): ", true, false), ("Password + token: ", true, false),
            ("New password: ", true, false), ("Retype password again: ", true, false), ("", true, false),
        ])
    func oneTimeAnswersAreNotGivenAgain(words: String, isSecret: Bool, doesAgain: Bool) {
        let question = LoginQuestion.server(Self.target, words: words, isSecret: isSecret)
        #expect(question.hasLastingAnswer == doesAgain)
        #expect(question.isSecret == isSecret && question.prompt.hasSuffix(words))
    }

    private static let refused = AuthenticationRecord.refusedByServer

    @Test(
        arguments: [
            // The allowed methods, the attempts (a key where nil), and a part of the advice.
            (["publickey"], [], "Name an identity file"),
            (["publickey"], [(nil, refused)], "authorized_keys"),
            (["password"], [(.password, "nobody is there to answer: x")], "do so"),
            (
                ["publickey", "password"], [(nil, refused), (.password, "nobody is there to answer: x")],
                "authorized_keys"
            ),
            (["publickey", "password"], [(nil, refused), (.password, refused)], "do so"),
        ] as [([String], [(LoginMethod?, String)], String)])
    func theAdviceFitsWhatWasTried(_ allowed: [String], _ tried: [(LoginMethod?, String)], _ advice: String) {
        var record = AuthenticationRecord()
        record.allowed = allowed
        for (method, outcome) in tried {
            if let method {
                record.note(method, outcome, remedy: "do so")
            } else {
                record.note("'/k'", nil, outcome)
            }
        }
        #expect(record.advice?.contains(advice) == true, "\(record.advice ?? "")")
    }

    @Test func tooManyKeysAreNamedAsThat() {
        var record = AuthenticationRecord()
        record.allowed = ["publickey"]
        record.isCutShort = true
        for key in ["'/k'", "'/l'"] { record.note(key, nil, Self.refused) }
        #expect(record.advice?.contains("IdentitiesOnly yes") == true)
        #expect(record.description.contains("hung up after too many attempts"))
    }
}
