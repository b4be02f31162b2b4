# The commit's files in a tree of their own, with its version in the programs.
# shellcheck shell=bash

readonly version_file=Sources/Vocabulary/TurnstileVersion.swift

# A file that is as it was stays untouched, so that a second run builds only what changed.
export_tree() {
    local stamped
    stamped=$(stamped_tree)
    mkdir -p "$tree"
    local -x GIT_INDEX_FILE=$made/index
    git --work-tree="$tree" read-tree --reset -u "$stamped"
    git --work-tree="$tree" clean --quiet --force -d
}

# Prints the id of the commit's tree with this version in it.
stamped_tree() {
    local -x GIT_INDEX_FILE=$made/stamping
    local file
    file=$(git show "$commit:$version_file" | sed "s|static let text = \".*\"|static let text = \"$version\"|" |
        git hash-object -w --stdin)
    git read-tree "$commit"
    git update-index --cacheinfo "100644,$file,$version_file"
    git write-tree
}
