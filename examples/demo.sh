#!/usr/bin/env bash
# What vacatur does, in a minute or two: the founding case on four days, a portfolio and two files screened, a decision
# made, replayed and verified, the same screened again later, a proof, and a page with the timeline in examples/out.
# Works in a data directory of its own, which it removes.
set -euo pipefail
cd "$(dirname "$0")"

out=out
mkdir -p "$out"
VACATUR_HOME=$(mktemp -d)
export VACATUR_HOME
trap 'rm -rf "$VACATUR_HOME"' EXIT

say() { printf '\n── %s\n\n' "$*"; }
run() {
    printf '$ vacatur'
    for word in "$@"; do
        if [[ $word == *' '* ]]; then printf ' "%s"' "$word"; else printf ' %s' "$word"; fi
    done
    printf '\n'
    vacatur "$@"
}
# The first lines of an answer: the verdict and its reason.
ask() {
    run ask "$@" | sed -n 1,3p
    echo
}

say "Xiaomi was listed on 14 January 2021; the ban on buying was to start on 15 March. May a US person buy?"
ask xiaomi buy --as-of 2021-02-01
echo "The day before the court ruled, a careful desk had to plan for this:"
ask xiaomi buy --on 2021-03-20 --law-at 2021-03-11 --known-at 2021-03-11
echo "On 12 March a court enjoined the ban. The name stayed on the list:"
run ask xiaomi buy --as-of 2021-03-20
echo
echo "On 25 May the court vacated the designation:"
ask xiaomi buy --as-of 2021-06-01

say "A portfolio, screened as of 20 March 2021"
run screen portfolio.csv --as-of 2021-03-20
echo "The same with every reason, as a file:"
run screen portfolio.csv --as-of 2021-03-20 --out "$out/portfolio.jsonl" 2>&1

say "What the fund must know of the same positions: what is barred, what may still be sold, and by when"
run portfolio portfolio.csv --as-of 2021-03-20 --horizon 300d | sed -n '1,28p'

say "Customers, screened as of the same day: here exports and contracts count"
run screen customers.csv --as-of 2021-03-20

say "A person decides on the first position; the decision is replayed from its own basis, and the chain verified"
decision=$(grep -o '"decision": "[^"]*"' "$out/portfolio.jsonl" | sed -n 1p | cut -d'"' -f4)
run decide "$decision" cleared --by "fund operations" --reason "enjoined on 12 March 2021; watch the docket"
echo "\$ vacatur replay $decision > $out/replayed.json"
vacatur replay "$decision" 2>&1 >"$out/replayed.json"
run verify

say "Three months later: what is different for these positions, why, and by which acts?"
screened=$(vacatur runs --format json | grep -o 'r-[0-9a-f]*' | sed -n 1p)
run rescreen "$screened" --as-of 2021-06-10 2>&1

say "The whole screening in one signed file that any machine can check"
run proof "$screened" --out "$out/portfolio.proof" 2>&1
run verify "$out/portfolio.proof" | sed -n 1,3p

say "The same story as a page"
run show xiaomi --as-of 2021-03-20 --format html --out "$out/xiaomi.html"
echo "Open examples/$out/xiaomi.html in a browser."
