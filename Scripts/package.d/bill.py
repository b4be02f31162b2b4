#!/usr/bin/env python3
"""Prints an SPDX 2.3 document: the programs with their digests, and what was linked into them."""
import argparse
import datetime
import hashlib
import json
import os
import re


def arguments():
    parser = argparse.ArgumentParser()
    for name in ("version", "commit", "time", "resolved"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--linked", action="append", required=True, metavar="NAME=VERSION")
    parser.add_argument("--file", action="append", required=True)
    return parser.parse_args()


def identifier(text):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", text)


def package(name, version, location, licence="NOASSERTION"):
    return {"SPDXID": identifier(f"Package-{name}"), "name": name, "versionInfo": version,
            "downloadLocation": location, "licenseConcluded": licence, "licenseDeclared": licence,
            "copyrightText": "NOASSERTION", "filesAnalyzed": False}


def whole(name, version, files):
    """The package that has these files; its code is SPDX's, of their SHA-1 in order."""
    digests = sorted(sum["checksumValue"] for entry in files for sum in entry["checksums"]
                     if sum["algorithm"] == "SHA1")
    code = hashlib.sha1("".join(digests).encode()).hexdigest()
    return package(name, version, "NOASSERTION", "Apache-2.0") | {
        "filesAnalyzed": True, "packageVerificationCode": {"packageVerificationCodeValue": code}}


def linked(options):
    """Swift packages as they were resolved, and the others."""
    with open(options.resolved, encoding="utf-8") as file:
        pins = json.load(file)["pins"]
    for pin in pins:
        state = pin["state"]
        yield package(pin["identity"], state.get("version", state["revision"]),
                      f"git+{pin['location']}@{state['revision']}")
    for other in options.linked:
        yield package(*other.split("=", 1), "NOASSERTION")


def file_entry(path):
    with open(path, "rb") as file:
        content = file.read()
    checksums = [{"algorithm": name, "checksumValue": hashlib.new(name.lower(), content).hexdigest()}
                 for name in ("SHA1", "SHA256")]
    name = os.path.basename(path)
    return {"SPDXID": identifier(f"File-{name}"), "fileName": f"./{name}", "checksums": checksums,
            "licenseConcluded": "NOASSERTION", "copyrightText": "NOASSERTION"}


def document(options):
    made = datetime.datetime.fromtimestamp(int(options.time), datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    parts, files = list(linked(options)), [file_entry(path) for path in options.file]
    root = whole("turnstile", options.version, files)
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", root["SPDXID"])]
    relations += [(root["SPDXID"], "CONTAINS", entry["SPDXID"]) for entry in files]
    relations += [(root["SPDXID"], "STATIC_LINK", part["SPDXID"]) for part in parts]
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"turnstile-{options.version}",
        "documentNamespace": f"urn:turnstile:{options.commit}",
        "creationInfo": {"created": made, "creators": ["Tool: Scripts/package"]},
        "packages": [root, *parts], "files": files,
        "relationships": [{"spdxElementId": a, "relationshipType": kind, "relatedSpdxElement": b}
                          for a, kind, b in relations],
    }


print(json.dumps(document(arguments()), indent=2, sort_keys=True))
