#compdef gx
# Completion of gx: what may stand at the cursor is asked of gx itself.
_gx() {
    local -a whole begun said_whole said_begun
    local value hint said
    while IFS=$'\t' read -r value hint; do
        if [[ $value == :files ]]; then
            _files
            return
        fi
        said="$value${hint:+  -- $hint}"
        # What can go on is followed by no blank.
        if [[ $value == *[:=\<\>~\(.,] ]]; then
            begun+=("$value") said_begun+=("$said")
        else
            whole+=("$value") said_whole+=("$said")
        fi
    done < <("$words[1]" completions zsh --at "${(j: :)words[1,CURRENT-1]} ${compstate[quote]}$PREFIX" 2>/dev/null)
    (( $#begun )) && compadd -U -l -S '' -d said_begun -a begun
    (( $#whole )) && compadd -U -l -d said_whole -a whole
}
if [[ $funcstack[1] == _gx ]]; then
    _gx "$@"
else
    compdef _gx gx
fi
