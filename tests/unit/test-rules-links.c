/* What the LINK rules say of small topologies that are drawn in a few lines. */
#include "said.h"
#include "sketch.h"
#include "unit.h"

static void check_sketch(const char *text, const char *rule, const char *message)
{
    Topology *topology = sketch_parse(text);

    check_raised(topology, rule, message);
    topology_free(topology);
}

/* --- LINK005 ------------------------------------------------------------------------------ */

/* Two ways out of Exchange 2007: a cheap one in S, a dear one in T. */
#define TWO_EXITS                                                   \
    "site S\nsite T\nlink ST 10 : S T\ngroup A\ngroup B\ngroup C\n" \
    "rgc Cheap 1 V A at=S\nrgc Dear 50 V A at=T\n"

START_TEST(an_own_connector_is_passed_over)
{
    check_sketch(TWO_EXITS, "LINK005",
                 "The hubs of site \"T\" do not use their own connector \"Dear\" for mail to "
                 "\"A\": over \"Cheap\" in another site the connectors cost 1, over their own 50");
}
END_TEST

START_TEST(it_is_said_for_how_many_groups)
{
    check_sketch(TWO_EXITS "rgc AB 1 A B\n", "LINK005",
                 "The hubs of site \"T\" do not use their own connector \"Dear\" for mail to "
                 "\"A\" and 1 further routing group: over \"Cheap\" in another site the "
                 "connectors cost 1, over their own 50");
    check_sketch(TWO_EXITS "rgc AB 1 A B\nrgc BC 1 B C\n", "LINK005",
                 "The hubs of site \"T\" do not use their own connector \"Dear\" for mail to "
                 "\"A\" and 2 further routing groups: over \"Cheap\" in another site the "
                 "connectors cost 1, over their own 50");
}
END_TEST

START_TEST(a_connector_that_leads_elsewhere_is_not_passed_over)
{
    check_sketch("site S\nsite T\nlink ST 10 : S T\ngroup A\ngroup B\n"
                 "rgc One 1 V A at=S\nrgc Two 50 V B at=T\n",
                 "LINK005", NULL);
}
END_TEST

START_TEST(the_cheaper_one_of_a_site_passes_nothing_over)
{
    check_sketch("site S\nsite T\nlink ST 10 : S T\ngroup A\n"
                 "rgc Cheap 1 V A at=S\nrgc Dear 50 V A at=S\n",
                 "LINK005", NULL);
}
END_TEST

/* --- LINK006 ------------------------------------------------------------------------------ */

/* Two equal connectors lead out of Exchange 2007, and each makes a loop of its own. */
START_TEST(a_destination_behind_parallel_connectors_counts_once)
{
    const char *ring = "site S\nsite T\nlink ST 10 : S T\ngroup A\ngroup B\n"
                       "rgc VA1 1 V A at=S\nrgc VA2 1 V A at=T\nrgc AV 1 A V\n"
                       "rgc AB 1 A B\nrgc BA 1 B A\nrgc VB 7 V B\nrgc BV 7 B V\n";
    g_autofree char *longer = g_strconcat(ring, "group C\nrgc BC 1 B C\nrgc CB 1 C B\n", NULL);

    check_sketch(ring, "LINK006",
                 "Mail for \"B\" goes round while connector \"AB\" is down: Exchange Routing Group "
                 "(DWBGZMFD01QNBJR) -[VA1, cost 1]-> A -[AV, cost 1]-> Exchange Routing Group "
                 "(DWBGZMFD01QNBJR)");
    check_sketch(longer, "LINK006",
                 "Mail for \"B\" and 1 further routing group goes round while connector \"AB\" is "
                 "down: Exchange Routing Group (DWBGZMFD01QNBJR) -[VA1, cost 1]-> A -[AV, cost "
                 "1]-> Exchange Routing Group (DWBGZMFD01QNBJR)");
}
END_TEST

/* --- LINK007 ------------------------------------------------------------------------------ */

#define FOUR_ISLANDS                                                                       \
    "site S\ngroup A\ngroup B\ngroup C\ngroup D\n"                                         \
    "rgc VA 1 V A\nrgc AV 1 A V\nrgc VB 1 V B\nrgc BV 1 B V\nrgc VC 1 V C\nrgc CV 1 C V\n" \
    "rgc VD 1 V D\nrgc DV 1 D V\n"

START_TEST(few_islands_are_all_named)
{
    check_sketch(FOUR_ISLANDS, "LINK007",
                 "Link state does not pass between 4 parts of Exchange 2000/2003 that no connector "
                 "joins but over Exchange 2007: A; B; C; D");
}
END_TEST

START_TEST(many_islands_are_counted)
{
    check_sketch(
        FOUR_ISLANDS
        "group E\ngroup F\nrgc VE 1 V E\nrgc EF 1 E F\nrgc FE 1 F E\ngroup G\nrgc GV 1 G V\n"
        "group H\nrgc HV 1 H V\ngroup I\nrgc IV 1 I V\n",
        "LINK007",
        "Link state does not pass between 8 parts of Exchange 2000/2003 that no connector "
        "joins but over Exchange 2007: A; B; C; D; E and F; G; and 2 more");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules-links");
    TCase *tests = tcase_create("links");

    tcase_add_test(tests, an_own_connector_is_passed_over);
    tcase_add_test(tests, it_is_said_for_how_many_groups);
    tcase_add_test(tests, a_connector_that_leads_elsewhere_is_not_passed_over);
    tcase_add_test(tests, the_cheaper_one_of_a_site_passes_nothing_over);
    tcase_add_test(tests, a_destination_behind_parallel_connectors_counts_once);
    tcase_add_test(tests, few_islands_are_all_named);
    tcase_add_test(tests, many_islands_are_counted);
    suite_add_tcase(suite, tests);
    return suite;
}
