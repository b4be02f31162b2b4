import CLibSSH2

/// Logins that need a person: passwords, and whatever else a server asks.
extension Session {
    func logInByPassword(
        _ answers: GivenAnswers, _ open: [String], _ record: inout AuthenticationRecord
    ) async throws(SSHError) -> MethodOutcome {
        let question = LoginQuestion.password(of: target)
        let user = target.user
        for attempt in 1...GivenAnswers.attemptsMax {
            guard let password = try await answer(to: question, answers, .password, &record) else { break }
            let code = try await repeatedly(loginPatience) { library throws(SSHError) -> Int32? in
                let code = libssh2_userauth_password_ex(
                    library, user, UInt32(user.utf8.count), password, UInt32(password.utf8.count), nil)
                return code == LIBSSH2_ERROR_EAGAIN ? nil : code
            }
            if code == LIBSSH2_ERROR_PASSWORD_EXPIRED {
                record.note(.password, "it has expired", remedy: "Log in with ssh once and set a new one")
                return .refused
            }
            let trial = Trial(
                method: .password, number: attempt, code: code,
                given: [GivenAnswer(question: question, answer: password)], words: "")
            if let outcome = try await outcome(trial, open, answers, &record) {
                return outcome
            }
            guard answers.reject(password, to: question) else { break }
        }
        return .refused
    }

    func logInByDialogue(
        _ answers: GivenAnswers, _ open: [String], _ record: inout AuthenticationRecord
    ) async throws(SSHError) -> MethodOutcome {
        for attempt in 1...GivenAnswers.attemptsMax {
            if case .absent(let why, let remedy) = answers.person {
                record.note(.keyboardInteractive, "nobody is there to answer: \(why)", remedy: remedy)
                return .refused
            }
            let end = try await dialogue(answers)
            if end.isTooMuch {
                record.note(.keyboardInteractive, "it asks for more than turnstile answers")
                throw failure(.authenticate, .authenticationRefused(record))
            }
            let trial = Trial(
                method: .keyboardInteractive, number: attempt, code: end.code, given: end.given,
                words: end.words)
            if let outcome = try await outcome(trial, open, answers, &record) {
                return outcome
            }
            let mayAskAgain = end.given.map {
                answers.reject($0.answer, to: $0.question) || !$0.question.hasLastingAnswer
            }
            if end.isDeclined { record.note(.keyboardInteractive, "it was not answered") }
            guard !end.isDeclined, !mayAskAgain.isEmpty, mayAskAgain.allSatisfy({ $0 }) else { break }
        }
        return .refused
    }

    /// How the server was answered.
    private struct DialogueEnd {
        var code: Int32
        var given: [GivenAnswer] = []
        var isTooMuch = false
        /// True if the person did not answer.
        var isDeclined = false
        /// The server's words that ask for nothing.
        var words = ""
    }

    private func dialogue(_ answers: GivenAnswers) async throws(SSHError) -> DialogueEnd {
        let (rounds, feed) = AsyncStream.makeStream(of: QuestionRound.self)
        let dialogue = KeyboardDialogue { feed.yield($0) }
        transport?.dialogue = dialogue
        defer { transport?.dialogue = nil }
        let user = target.user
        async let code = steps(dialogue, user: user, feed)
        var end = DialogueEnd(code: 0)
        for await round in rounds {
            dialogue.answer(await reply(to: round, answers, &end))
        }
        dialogue.end()
        end.isTooMuch = dialogue.isTooMuch
        end.words = dialogue.words
        end.code = try await code.get()
        return end
    }

    private func steps(
        _ dialogue: KeyboardDialogue, user: String, _ feed: AsyncStream<QuestionRound>.Continuation
    ) async -> Result<Int32, SSHError> {
        defer { feed.finish() }
        do throws(SSHError) {
            return .success(
                try await repeatedlyApart({ loginPatience }) { dialogue.step($0, user: user) })
        } catch {
            return .failure(error)
        }
    }

    private func reply(
        to round: QuestionRound, _ answers: GivenAnswers, _ end: inout DialogueEnd
    ) async -> [String] {
        var given: [String] = []
        for (index, line) in round.lines.enumerated() where !end.isDeclined {
            let words =
                index == 0 && !round.introduction.isEmpty ? "\(round.introduction) \(line.words)" : line.words
            let question = LoginQuestion.server(target, words: words, isSecret: !line.isShown)
            guard let answer = await answers.answer(to: question) else {
                end.isDeclined = true
                break
            }
            end.given.append(GivenAnswer(question: question, answer: answer))
            given.append(answer)
        }
        return given
    }

    // MARK: Outcomes

    /// A person may take minutes to answer: the server's time begins anew.
    var loginPatience: Patience {
        Patience(.authenticate, for: timeouts.authentication, until: timeouts.deadline)
    }

    private func answer(
        to question: LoginQuestion, _ answers: GivenAnswers, _ method: LoginMethod,
        _ record: inout AuthenticationRecord
    ) async throws(SSHError) -> String? {
        if case .absent(let why, let remedy) = answers.person {
            record.note(method, "nobody is there to answer: \(why)", remedy: remedy)
            return nil
        }
        let answer = await answers.answer(to: question)
        if Task.isCancelled { throw failure(.authenticate, .cancelled) }
        if answer == nil { record.note(method, "it was not given") }
        return answer
    }

    /// - Parameter trial: a first one that failed may have been right: the server is asked whether it wants another method
    ///   besides. The question counts as an attempt, of which sshd allows six, and so is put once.
    /// - Returns: nil where the answer was wrong.
    private func outcome(
        _ trial: Trial, _ open: [String], _ answers: GivenAnswers, _ record: inout AuthenticationRecord
    ) async throws(SSHError) -> MethodOutcome? {
        switch trial.code {
        case 0:
            trial.given.forEach { answers.accept($0.answer, to: $0.question) }
            return .accepted
        case LIBSSH2_ERROR_AUTHENTICATION_FAILED:
            // sshd refuses at once, without a question, what PAM has refused before.
            guard trial.number == 1 || !trial.given.isEmpty else { return nil }
            record.note(
                trial.method,
                AuthenticationRecord.refusedByServer + (trial.words.isEmpty ? "" : ": '\(trial.words)'"),
                remedy: trial.given.isEmpty ? nil : trial.remedy)
            guard trial.number == 1, !trial.given.isEmpty else { return nil }
            do throws(SSHError) {
                let further = try await furtherStep(after: open)
                if further != nil { trial.given.forEach { answers.accept($0.answer, to: $0.question) } }
                return further
            } catch {
                // The next connection asks the person anew.
                for one in trial.given { _ = answers.reject(one.answer, to: one.question) }
                throw error
            }
        default: throw failure(.authenticate, code: trial.code)
        }
    }
}

/// A method tried with a person's answers.
private struct Trial {
    var method: LoginMethod
    /// Counted from 1.
    var number: Int
    /// The end, by libssh2.
    var code: Int32
    var given: [GivenAnswer]
    /// The server's words about it, as `System is booting up.`; empty for none.
    var words: String

    var remedy: String {
        words.isEmpty
            ? "Check the answer, or log in with a key"
            : "Do as the server says; a host that boots lets people in after a while"
    }
}

private struct GivenAnswer {
    var question: LoginQuestion
    var answer: String
}
