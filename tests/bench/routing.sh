#!/bin/sh
# make bench, second part: routing in large directories, beside igraph's Dijkstra
# where configure found igraph. To be run in the top of a build tree; RUNS may be
# set in the environment.

set -eu

srcdir=$(cd "${srcdir:-.}" && pwd)
runs=${RUNS:-5}
modern=$srcdir/fixtures/exchange-2007.ldif
mixed=$srcdir/fixtures/coexistence-healthy.ldif
here=tests/bench

# The program itself, not libtool's wrapper around it.
adtopo=./adtopo
if [ -x .libs/adtopo ]; then
    adtopo=.libs/adtopo
    LD_LIBRARY_PATH=$PWD/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    export LD_LIBRARY_PATH
fi

echo
echo "Routing, once the directory is read, median of $runs runs"
"$here/gen-topology" sites 1200 2400 1200 >"$here/topology.ldif"
"$here/routing" trees "$runs" "$modern" "$here/topology.ldif"
"$here/gen-topology" sites 10000 20000 1000 >"$here/topology.ldif"
"$here/routing" trees "$runs" "$modern" "$here/topology.ldif"
printf '%s' "10,000 sites: "
"$here/routing" route "$runs" site:Site-00000 site:Site-09990 "$modern" "$here/topology.ldif"
audit=$("$here/measure" "$runs" "$adtopo" audit "$modern" "$here/topology.ldif")
echo "$audit" | awk '{
    printf "10,000 sites: the audit, reading and all %9.1f ms   memory %6.1f MiB\n",
        $1, $2 / 1024 }'
"$here/gen-topology" groups 150 3000 >"$here/topology.ldif"
printf '%s' "150 routing groups, 3,000 connectors: "
"$here/routing" sweep "$runs" "$mixed" "$here/topology.ldif"
