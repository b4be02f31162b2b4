import PracticeHost

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

exit(await Program.run(CommandLine.arguments))
