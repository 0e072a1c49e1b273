#!/bin/sh
# The morning of a rep, as a script: what is late, who was not called for long, and where the week's money comes from.
#
#   sh examples/morning.sh                    on your own store
#   GX_STORE=/run/guanxi/sales sh examples/morning.sh
#
# A store to try it on:
#   export GX_STORE=$(mktemp -d)/store
#   gx init --practice --empty
#   gx import examples/customers.csv --as customers \
#     --map "name=公司,industry=行业,region=地区,parent=上级,phones=电话,tags=标签,employees=员工"
set -eu

echo "== late and due today"
gx task list 'due <= today'

echo "== key customers without a contact for a month"
gx list 'tier:A idle > 30d' --sort last -n 10

echo "== what was bought in the last seven days, by customer"
gx purchase list 'date >= -7d' --format tsv |
    awk -F '\t' 'NR == 1 { for (n = 1; n <= NF; n++) at[$n] = n; next }
        { sum[$at["customer_name"]] += $at["amount"] }
        END { for (name in sum) printf "%12.2f  %s\n", sum[name], name }' |
    sort -rn

echo "== the most urgent thing to do now"
gx task next || test $? -eq 3 # 3: nothing waits
