# Completion of gx: what may stand at the cursor is asked of gx itself.
_gx() {
    COMPREPLY=()
    local value
    while IFS= read -r value; do
        if [[ $value == :files ]]; then
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -f -- "$2")
            return
        fi
        COMPREPLY+=("$value")
    done < <("$1" completions bash --at "${COMP_LINE:0:COMP_POINT}" --word "$2" 2>/dev/null)
    # What can go on is followed by no blank.
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:=\<\>~\(.,] ]] && compopt -o nospace
}
complete -o nosort -F _gx gx
