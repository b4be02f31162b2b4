import ArgumentParser
import SSH
import TurnstileCommands

@main
struct Turnstile {
    static func main() async {
        ProcessHeap.shareAmongThreads()
        let arguments = CommandLine.arguments.dropFirst()
        QuietCompletion.begin(arguments)
        if let script = CompletionScript.asked(by: arguments) { return print(script) }
        UnknownCommand.refuse(arguments)
        await TurnstileCommand.main()
    }
}
