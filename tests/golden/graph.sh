#!/bin/sh
# Manners of route, graph and sweep: bad questions, formats, views, hostile names.

# shellcheck source=tests/lib.sh
. "$srcdir/tests/lib.sh"
# shellcheck source=tests/golden/expected.sh
. "$srcdir/tests/golden/expected.sh"
export COLUMNS=80
# shellcheck source=tests/golden/fixtures.sh
. "$srcdir/tests/golden/fixtures.sh"
# shellcheck source=tests/golden/sentences.sh
. "$srcdir/tests/golden/sentences.sh"
healthy=coexistence-healthy.ldif
faulty=coexistence-faulty.ldif

# says WHAT PATTERN: the last run went well and said so.
says() {
    if [ "$status" -eq 0 ] && grep -q -e "$2" "$scratch/out"; then
        ok "$1"
    else
        fail "$1" "status $status, nothing like \"$2\": $(cat "$scratch/err" "$scratch/out")"
    fi
}

says_not() {
    if [ "$status" -eq 0 ] && ! grep -q -e "$2" "$scratch/out"; then
        ok "$1"
    else
        fail "$1" "status $status, or \"$2\" in: $(cat "$scratch/err" "$scratch/out")"
    fi
}

# --- Questions ----------------------------------------------------------------

misuses "no question" 'needs --from and --to' route $healthy
misuses "an unknown site" 'no site called' route --from site:Oslo --to site:Munich $healthy
misuses "an ambiguous name" 'site:.* or rg:' route --from site:Seattle --to Munich $healthy
misuses "an address without a domain" 'domain' \
    route --from site:Seattle --to smtp:somebody $healthy
misuses "a size that is none" 'no size' \
    route --from site:Seattle --to site:Munich --size big $healthy
misuses "an address in the source's place" 'cannot stand here' \
    route --from smtp:a@b.example --to site:Munich $healthy
misuses "a routing group cannot be down" 'cannot stand here' \
    route --from site:Seattle --to site:Munich --down rg:Munich $healthy
misuses "a format of another command" 'text, json' \
    route --from site:Seattle --to site:Munich --format dot $healthy

run route --from site:Seattle --to rg:Munich $healthy
says "the answer names the connector" '^Connector *Interop to Munich$'
says "the answer names the object behind a hop" 'coexistence-healthy.ldif:[0-9]*: cost 100 of'
says "the answer tells where to track" 'rg:Munich: Exchange 2003: Message Tracking Center'
run route --from site:Seattle --to site:Munich --down site:Munich $healthy
says "a queue is told" '^Waits in *site:Seattle$'
transport='CN=IP,CN=Inter-Site Transports,CN=Sites,CN=Configuration,DC=contoso,DC=test'
run route --from site:Seattle --to site:Munich --without "CN=Seattle-Munich,$transport" $healthy
says "an overlay counts" '^Outcome *unreachable$'

# --- Pictures -----------------------------------------------------------------

misuses "an unknown view" 'routing, sites' graph --view map $healthy
misuses "an unknown format" 'dot, svg, mermaid, graphml' graph --format png $healthy
misuses "half a highlight" 'takes two places' graph --highlight site:Munich $healthy
misuses "a highlight of something unknown" 'no site called' \
    graph --highlight site:Oslo,site:Munich $healthy
run graph $faulty
says "errors are red" 'RG002.*color="#c62828"'
run graph --view sites $healthy
says_not "the view of sites has no groups" 'Routing group'
run graph --view routing $healthy
says_not "the view of groups has no sites" 'label="Site'
run graph --highlight site:Seattle,rg:Munich $healthy
says "the route is thick" 'Interop to Munich.*penwidth=4'
run graph --format mermaid $healthy
says "Mermaid has the connector" '-->|"Interop to Munich, cost 1"|'
run graph --format graphml $healthy
says "GraphML has the connector" '<data key="label">Interop to Munich, cost 1</data>'

# The pictures whole, one of them with a route and one with findings.
for format in dot mermaid graphml; do
    check "coexistence-healthy.graph.$format" \
        "$ADTOPO" graph --format $format --highlight site:Seattle,rg:Munich "$healthy"
    check "coexistence-faulty.graph.$format" "$ADTOPO" graph --format $format "$faulty"
    check "exchange-2007.graph.$format" \
        "$ADTOPO" graph --format $format --view sites --highlight site:Seattle,site:Munich \
        exchange-2007.ldif
done

# --- Hostile names ------------------------------------------------------------

hostile() {
    cat <<'END'
dn: CN=Configuration,DC=contoso,DC=test
objectClass: configuration

dn: CN=Sites,CN=Configuration,DC=contoso,DC=test
objectClass: sitesContainer

END
    for name in 'a"]; evil [x="' 'b<script>&amp;' 'c`#quot;|end' 'd\n\N'; do
        printf 'dn:: %s\nobjectClass: site\n\n' "$(printf \
            'CN="%s",CN=Sites,CN=Configuration,DC=contoso,DC=test' \
            "$(printf '%s' "$name" | sed 's/[\\"]/\\&/g')" | base64 -w 0)"
    done
}
hostile >"$scratch/hostile.ldif"
run graph --view sites "$scratch/hostile.ldif"
cp "$scratch/out" "$scratch/hostile.dot"
says "quotes do not end a name in DOT" 'a\\"\]; evil \[x=\\"'
run graph --view sites --format mermaid "$scratch/hostile.ldif"
says "nothing ends a name in Mermaid" 'b#60;script#62;#38;amp#59;'
run graph --view sites --format graphml "$scratch/hostile.ldif"
says "nothing is markup in GraphML" 'b&lt;script&gt;&amp;amp;'

if have dot; then
    verdict "Graphviz reads hostile names" \
        "$(dot -Tsvg "$scratch/hostile.dot" 2>&1 >"$scratch/svg")"
    verdict "a hostile name stays a name" \
        "$(grep -q 'd\\n\\N' "$scratch/svg" || echo "it does not")"
    run graph --format svg $healthy
    says "SVG is made" '^<svg '
else
    skip "SVG" "dot not found"
fi
PATH=$scratch run graph --format svg $healthy
if [ "$status" -eq 2 ] && grep -q 'install graphviz' "$scratch/err"; then
    ok "without Graphviz the way out is told"
else
    fail "without Graphviz the way out is told" "status $status: $(cat "$scratch/err")"
fi

# --- Sweeps -------------------------------------------------------------------

check coexistence-faulty.sweep.text "$ADTOPO" sweep "$faulty"
check coexistence-faulty.sweep.json "$ADTOPO" sweep --pairs --format json "$faulty"
run sweep $healthy
says "what cuts off is told" 'connector Interop to Munich'
says "link state is judged" '^Link state *need not be suppressed$'
run sweep no-exchange.ldif
says "nothing to sweep is no error" '^Result *0 single points'
says "nothing to sweep is no praise" 'no Exchange organisation found'
run graph no-exchange.ldif
says "a forest without Exchange can be drawn" 'No Exchange organisation'

finish
