# Completion of gx: what may stand at the cursor is asked of gx itself.
function __gx_offers
    set -l offers (gx completions fish --at (commandline --current-process --cut-at-cursor | string collect) 2>/dev/null)
    if test "$offers[1]" = :files
        __fish_complete_path (commandline --current-token)
    else
        printf '%s\n' $offers
    end
end
complete --command gx --no-files --keep-order --arguments '(__gx_offers)'
