#!/usr/bin/env python3
"""Writes a manual page for each command, from what `turnstile --experimental-dump-help` prints.

    manual.py VERSION DIRECTORY PROGRAM < DUMP

PROGRAM is asked for the examples of its help screens.

swift-argument-parser's own generate-manual plugin builds its tool and the program once more, in minutes; the dump that
it reads is the same."""
import json
import os
import subprocess
import sys


def escaped(text):
    """Text as roff prints it: no request, and hyphens that can be pasted."""
    lines = text.replace("\\", "\\e").replace("-", "\\-").split("\n")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in lines)


def name_of(argument, name):
    dashes = {"long": "--", "short": "-", "longWithSingleDash": "-"}[name["kind"]]
    return dashes + name["name"]


def label(argument):
    value = argument.get("valueName", "value")
    if argument["kind"] == "positional":
        return f"\\fI{escaped(value)}\\fR"
    names = ", ".join(f"\\fB{escaped(name_of(argument, name))}\\fR" for name in argument["names"])
    return names if argument["kind"] == "flag" else f"{names} \\fI{escaped(value)}\\fR"


def synopsis(path, command):
    words = [f"\\fB{escaped(' '.join(path))}\\fR"]
    for argument in shown(command):
        word = label(argument).split(", ")[-1]
        word += " ..." if argument["isRepeating"] else ""
        words.append(f"[{word}]" if argument["isOptional"] else word)
    if command.get("subcommands"):
        words.append("\\fICOMMAND\\fR")
    return " ".join(words)


def shown(command):
    return [argument for argument in command.get("arguments", []) if argument.get("shouldDisplay", True)]


def described(argument):
    text = " ".join(filter(None, [argument.get("abstract"), argument.get("discussion")])).strip()
    if argument.get("defaultValue"):
        text += f" Default: {argument['defaultValue']}."
    return escaped(text.strip()) or "\\&"


def examples(program, path):
    """The lines below `Examples:` of a command's help screen."""
    screen = subprocess.run([program, *path[1:], "--help"], check=True, capture_output=True, text=True).stdout
    below = screen.partition("\nExamples:\n")[2]
    return below.split("\n\n")[0].splitlines()


def page(path, command, version, others, examples):
    title = "-".join(path)
    lines = [f'.TH "{escaped(title.upper())}" 1 "" "turnstile {escaped(version)}" "Turnstile"',
             ".SH NAME", f"{escaped(title)} \\- {escaped(command.get('abstract', '').rstrip('.'))}",
             ".SH SYNOPSIS", synopsis(path, command)]
    if command.get("discussion"):
        lines += [".SH DESCRIPTION"]
        lines += [".PP\n" + escaped(part) for part in command["discussion"].split("\n\n")]
    if shown(command):
        lines.append(".SH OPTIONS")
        for argument in shown(command):
            lines += [".TP", label(argument), described(argument)]
    if command.get("subcommands"):
        lines.append(".SH COMMANDS")
        for child in command["subcommands"]:
            if child["commandName"] != "help":
                lines += [".TP", f"\\fB{escaped(child['commandName'])}\\fR", escaped(child.get("abstract", ""))]
    if examples:
        lines += [".SH EXAMPLES", ".nf", *map(escaped, examples), ".fi"]
    lines += [".SH SEE ALSO", ", ".join(f"\\fB{escaped(other)}\\fR(1)" for other in others)]
    return "\n".join(lines) + "\n"


def walk(command, path):
    yield path, command
    for child in command.get("subcommands", []):
        if child["commandName"] != "help":
            yield from walk(child, path + [child["commandName"]])


def main():
    version, directory, program = sys.argv[1:]
    pages = list(walk(json.load(sys.stdin)["command"], ["turnstile"]))
    for path, command in pages:
        others = ["-".join(other) for other, _ in pages if other != path and (other[:-1] == path or path[:-1] == other)]
        with open(os.path.join(directory, "-".join(path) + ".1"), "w", encoding="utf-8") as file:
            file.write(page(path, command, version, others or ["turnstile"], examples(program, path)))


main()
