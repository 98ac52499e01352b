#!/usr/bin/env bash
# The founding case: listed on 14 January 2021, enjoined on 12 March. May we buy on 20 March?
set -euo pipefail
vacatur ask xiaomi buy --as-of 2021-03-20
