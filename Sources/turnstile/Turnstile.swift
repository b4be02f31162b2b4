import ArgumentParser
import TurnstileCommands

@main
struct Turnstile {
    static func main() async {
        await TurnstileCommand.main()
    }
}
