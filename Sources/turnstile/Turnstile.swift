import ArgumentParser
import SSH
import TurnstileCommands

@main
struct Turnstile {
    static func main() async {
        StandardStreams.openClosed()
        await run()
        StandardStreams.failWhereTextWasLost()
    }

    private static func run() async {
        ProcessHeap.shareAmongThreads()
        let arguments = CommandLine.arguments.dropFirst()
        QuietCompletion.begin(arguments)
        if let script = CompletionScript.asked(by: arguments) { return print(script) }
        UnknownCommand.refuse(arguments)
        if let screen = HelpScreen(askedBy: arguments) { return screen.show() }
        await TurnstileCommand.main()
    }
}
