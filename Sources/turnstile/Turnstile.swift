import ArgumentParser
import TurnstileCommands

@main
struct Turnstile {
    static func main() async {
        QuietCompletion.begin(CommandLine.arguments.dropFirst())
        await TurnstileCommand.main()
    }
}
