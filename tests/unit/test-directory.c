/* directory/directory.h: from records to entries, one object out of several sources, what can be
 * concluded from an object's absence. */
#include "directory/directory.h"

#include "directory/branch.h"

#include "forest.h"
#include "unit.h"

#include <string.h>

#define EX03 "CN=EX03," LEGACY_SERVERS

static Directory *directory;

static void set_up(void)
{
    directory = forest_new();
    directory_add_source(directory, SOURCE_LDIF, "second.ldif");
}

static void tear_down(void)
{
    g_clear_pointer(&directory, directory_free);
}

static Dn *name(const char *text)
{
    return dn_intern(directory_names(directory), text, strlen(text), NULL);
}

static char *text_of(const char *dn, AttributeId attribute)
{
    return entry_text(name(dn)->entry, attribute);
}

static void check_text(const char *dn, AttributeId attribute, const char *expected)
{
    g_autofree char *text = text_of(dn, attribute);

    ck_assert_pstr_eq(text, expected);
}

static guint warnings(void)
{
    return diagnostics_count(directory_diagnostics(directory), DIAGNOSTIC_WARNING);
}

START_TEST(an_entry_has_the_most_derived_class)
{
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "objectClass", "server",
               "objectClass", "top", "objectClass", "nobodyKnowsThis", NULL);
    ck_assert_int_eq(name(EX03)->entry->class_id, CLASS_msExchExchangeServer);
    forest_put(directory, 0, "CN=odd," LEGACY_SERVERS, "objectClass", "nobodyKnowsThis", NULL);
    ck_assert_int_eq(name("CN=odd," LEGACY_SERVERS)->entry->class_id, CLASS_top);
}
END_TEST

static const struct {
    const char *attribute;
    const char *value;
    guint warnings;
} readable[] = {
    {"cost", "1OO", 1},
    {"cost", "-5", 0},
    {"cost", "99999999999", 1},
    {"msExchMixedMode", "perhaps", 1},
    {"msExchMixedMode", "true", 0},
    {"uSNChanged", "99999999999", 0},
    {"uSNChanged", "many", 1},
    {"cn", "1OO", 0},
};

/* A change that keeps the value does not say it again. */
START_TEST(a_value_that_cannot_be_read_is_told_of)
{
    RecordValue value = {.data = readable[_i].value,
                         .length = (uint32_t)strlen(readable[_i].value),
                         .attribute = (uint16_t)attribute_lookup(readable[_i].attribute,
                                                                 strlen(readable[_i].attribute))};
    Record record = {.dn = EX03,
                     .dn_length = (uint32_t)strlen(EX03),
                     .values = &value,
                     .count = 1,
                     .class_id = CLASS_msExchExchangeServer};

    directory_admit(directory, 0, &record);
    ck_assert_uint_eq(warnings(), readable[_i].warnings);
    directory_replace(directory, 0, &record);
    ck_assert_uint_eq(warnings(), readable[_i].warnings);
}
END_TEST

/* The directory's list of entries holds none that is not what its name stands for. */
START_TEST(an_entry_without_a_class_counts_as_lost)
{
    static const char outside[] = "CN=Some,DC=contoso,DC=test";

    forest_put(directory, 0, "CN=bare," LEGACY_SERVERS, "cn", "bare", NULL);
    forest_put(directory, 0, EX03, "cn", "EX03", NULL);
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", NULL);
    forest_put(directory, 0, outside, "cn", "Some", NULL);
    directory_seal(directory);
    ck_assert_uint_eq(directory_unclassed(directory), 1);
    ck_assert_ptr_null(name("CN=bare," LEGACY_SERVERS)->entry);
    ck_assert(!directory_covers(directory, name("CN=bare," LEGACY_SERVERS)));
    ck_assert(directory_may_lack(directory, CLASS_msExchExchangeServer));
    ck_assert(!directory_may_lack(directory, CLASS_msExchConnector));
    ck_assert(!directory_is_complete(directory));
    ck_assert_int_eq(name(EX03)->entry->class_id, CLASS_msExchExchangeServer);
    ck_assert_ptr_nonnull(name(outside)->entry);
    for (guint i = 0; i < directory_entries(directory)->len; i++)
        ck_assert(entry_is_live(directory_entries(directory)->pdata[i]));
}
END_TEST

START_TEST(values_are_sorted_and_each_once)
{
    guint count;
    const Value *values;

    forest_put(directory, 0, EX03, "gatewayProxy", "netbios:EX03", "msExchHomeRoutingGroup",
               "CN=Munich," LEGACY_ROUTING, "gatewayProxy", "ncacn_ip_tcp:ex03", "gatewayProxy",
               "netbios:EX03", NULL);
    values = entry_values(name(EX03)->entry, ATTR_gatewayProxy, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(memcmp(values[0].of.bytes, "ncacn", 5), 0);
    ck_assert_ptr_eq(value_dn(entry_value(name(EX03)->entry, ATTR_msExchHomeRoutingGroup)),
                     name("cn=munich," LEGACY_ROUTING));
    ck_assert(!entry_has(name(EX03)->entry, ATTR_serialNumber));
    ck_assert_ptr_null(entry_values(name(EX03)->entry, ATTR_serialNumber, &count));
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(a_value_that_is_no_name_stays_bytes)
{
    const Value *value;
    uint32_t length;

    forest_put(directory, 0, EX03, "msExchHomeRoutingGroup", "Munich", NULL);
    value = entry_value(name(EX03)->entry, ATTR_msExchHomeRoutingGroup);
    ck_assert_ptr_null(value_dn(value));
    ck_assert_int_eq(memcmp(value_bytes(value, &length), "Munich", 6), 0);
    ck_assert_uint_eq(length, 6);
}
END_TEST

START_TEST(simple_syntaxes_are_decoded_or_absent)
{
    int64_t number = 7;
    bool flag = true;
    const Entry *entry;

    forest_put(directory, 0, EX03, "versionNumber", "7638", "messageTrackingEnabled", "false",
               "serverRole", "12x", "options", "", NULL);
    entry = name(EX03)->entry;
    ck_assert(entry_integer(entry, ATTR_versionNumber, &number) && number == 7638);
    ck_assert(entry_boolean(entry, ATTR_messageTrackingEnabled, &flag) && !flag);
    ck_assert(!entry_integer(entry, ATTR_serverRole, &number) && number == 7638);
    ck_assert(!entry_integer(entry, ATTR_options, &number));
    ck_assert(!entry_boolean(entry, ATTR_versionNumber, &flag));
}
END_TEST

START_TEST(a_guid_is_printed_in_its_usual_form)
{
    g_autofree char *guid = NULL;

    forest_put(directory, 0, EX03, "objectGUID",
               "\x40\xfc\x29\x6b\x47\xca\x67\x10\xb3\x1d\x01\xdd\x01\x06\x62\xda", NULL);
    guid = entry_guid(name(EX03)->entry);
    ck_assert_str_eq(guid, "6b29fc40-ca47-1067-b31d-01dd010662da");
}
END_TEST

START_TEST(the_same_object_twice_is_one)
{
    for (uint32_t source = 0; source < 2; source++)
        forest_put(directory, source, EX03, "objectClass", "msExchExchangeServer", "serialNumber",
                   "Version 6.5 (Build 7638.2)", "whenChanged",
                   source == 0 ? "20080101000000.0Z" : "20080201000000.0Z", "uSNChanged",
                   source == 0 ? "100" : "200", NULL);
    directory_seal(directory);
    ck_assert_uint_eq(directory_of_class(directory, CLASS_msExchExchangeServer)->len, 1);
    ck_assert_uint_eq(warnings(), 0);
    check_text(EX03, ATTR_whenChanged, "20080201000000.0Z");
}
END_TEST

START_TEST(attributes_that_only_one_has_are_united)
{
    forest_put(directory, 0, EX03, "serialNumber", "Version 6.5 (Build 7638.2)", NULL);
    forest_put(directory, 1, EX03, "objectClass", "msExchExchangeServer", "versionNumber", "7638",
               NULL);
    check_text(EX03, ATTR_serialNumber, "Version 6.5 (Build 7638.2)");
    check_text(EX03, ATTR_versionNumber, "7638");
    ck_assert_int_eq(name(EX03)->entry->class_id, CLASS_msExchExchangeServer);
    ck_assert_uint_eq(warnings(), 0);
}
END_TEST

/* Two readings of one server, of which `later` says when it was changed last. */
static void put_two(bool swapped, const char *first_changed, const char *second_changed)
{
    for (int i = 0; i < 2; i++) {
        bool second = (i == 1) != swapped;

        forest_put(directory, second, EX03, "versionNumber", second ? "7638" : "7226",
                   "whenChanged", second ? second_changed : first_changed, NULL);
    }
}

static void check_complete(bool complete)
{
    bool both = directory_source(directory, 0)->complete &&
                directory_source(directory, 1)->complete;

    ck_assert(both == complete);
}

START_TEST(where_they_differ_the_later_change_wins)
{
    put_two(_i, "20080201000000.0Z", "20080101000000.0Z");
    check_text(EX03, ATTR_versionNumber, "7226");
    ck_assert_uint_eq(warnings(), 1);
    check_complete(true);
}
END_TEST

START_TEST(without_a_later_change_the_order_does_not_matter)
{
    put_two(_i, "20080101000000.0Z", "20080101000000.0Z");
    check_text(EX03, ATTR_versionNumber, "7226");
    ck_assert_uint_eq(warnings(), 0);
    ck_assert_uint_eq(diagnostics_count(directory_diagnostics(directory), DIAGNOSTIC_ERROR), 1);
    check_complete(false);
}
END_TEST

START_TEST(back_links_may_differ_at_one_age)
{
    for (uint32_t source = 0; source < 2; source++)
        forest_put(directory, source, "CN=Munich," LEGACY_ROUTING, "msExchRoutingGroupMembersBL",
                   source == 0 ? EX03 : "CN=EX04," LEGACY_SERVERS, NULL);
    ck_assert_uint_eq(warnings(), 1);
    check_complete(true);
}
END_TEST

START_TEST(both_values_of_a_difference_are_told)
{
    const Diagnostic *told;

    forest_put(directory, 0, EX03, "serialNumber", "A", "serialNumber",
               "Version 6.5 (Build 7638.2: a serial number that goes on and \xc3\xbc on)", NULL);
    forest_put(directory, 1, EX03, "serialNumber", "A", NULL);
    told = diagnostics_get(directory_diagnostics(directory), 0);
    ck_assert_ptr_nonnull(strstr(told->message, "(nothing more)"));
    ck_assert_ptr_nonnull(strstr(
        told->message, "(\"Version 6.5 (Build 7638.2: a serial number that goes on and ...\")"));
}
END_TEST

START_TEST(a_record_without_a_name_makes_the_source_incomplete)
{
    ck_assert(!forest_put(directory, 0, "@ROOTDSE", NULL));
    ck_assert(!forest_put(directory, 0, "", NULL));
    ck_assert(!directory_source(directory, 0)->complete);
    ck_assert(directory_source(directory, 1)->complete);
    ck_assert_uint_eq(diagnostics_count(directory_diagnostics(directory), DIAGNOSTIC_ERROR), 2);
}
END_TEST

START_TEST(entries_are_in_order_whatever_the_order_of_reading)
{
    static const char *const names[] = {"CN=b," SITES, "CN=B1,CN=b," SITES, "CN=a," SITES};
    const GPtrArray *sites;

    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        forest_put(directory, 0, names[(i + (guint)_i) % G_N_ELEMENTS(names)], "objectClass",
                   "site", NULL);
    directory_seal(directory);
    directory_seal(directory);
    sites = directory_of_class(directory, CLASS_site);
    ck_assert_uint_eq(sites->len, 3);
    ck_assert_str_eq(((const Entry *)g_ptr_array_index(sites, 0))->dn->value, "a");
    ck_assert_str_eq(((const Entry *)g_ptr_array_index(sites, 1))->dn->value, "b");
    ck_assert_str_eq(((const Entry *)g_ptr_array_index(sites, 2))->dn->value, "B1");
}
END_TEST

START_TEST(classes_include_what_derives_from_them)
{
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "serialNumber", "x",
               NULL);
    forest_put(directory, 0, "CN=DC1," SITES, "objectClass", "server", NULL);
    directory_seal(directory);
    ck_assert_uint_eq(directory_of_class(directory, CLASS_server)->len, 2);
    ck_assert_uint_eq(directory_of_class(directory, CLASS_msExchExchangeServer)->len, 1);
    ck_assert_uint_eq(directory_of_class(directory, CLASS_siteLink)->len, 0);
    ck_assert_uint_eq(directory_seen(directory, CLASS_server, ATTR_serialNumber), 1);
    ck_assert_uint_eq(directory_seen(directory, CLASS_site, ATTR_serialNumber), 0);
}
END_TEST

START_TEST(overlays_replace_and_remove)
{
    Record bare = {.dn = EX03, .dn_length = strlen(EX03), .overlaid = true};

    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "serialNumber", "x",
               NULL);
    directory_replace(directory, 1, &bare);
    ck_assert(name(EX03)->entry->overlaid && name(EX03)->entry->count == 0);
    directory_remove(directory, name(EX03));
    ck_assert_ptr_null(name(EX03)->entry);
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", NULL);
    directory_seal(directory);
    ck_assert_uint_eq(directory_of_class(directory, CLASS_msExchExchangeServer)->len, 1);
}
END_TEST

START_TEST(what_only_an_overlay_writes_may_stay_unread)
{
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", "serialNumber", "x",
               "versionNumber", "6944", NULL);
    directory_set_unread(directory, CLASS_msExchExchangeServer, ATTR_serialNumber);
    directory_set_unread(directory, CLASS_site, ATTR_serialNumber);
    directory_seal(directory);
    ck_assert_uint_eq(directory_seen(directory, CLASS_server, ATTR_serialNumber), 0);
    ck_assert_uint_eq(directory_seen(directory, CLASS_server, ATTR_versionNumber), 1);
    ck_assert(entry_has(name(EX03)->entry, ATTR_serialNumber));
}
END_TEST

START_TEST(absence_can_be_concluded_where_the_container_was_read)
{
    ck_assert(directory_covers(directory, name("CN=gone," LEGACY_SERVERS)));
    ck_assert(
        directory_covers(directory, name("CN=1,CN=SMTP,CN=Protocols,CN=gone," LEGACY_SERVERS)));
    ck_assert(!directory_covers(directory, name("CN=EX03,CN=Computers,DC=contoso,DC=test")));
    ck_assert(!directory_covers(directory, name("CN=Users,DC=other,DC=test")));
    ck_assert(!directory_covers(directory, name("")));
}
END_TEST

START_TEST(a_standing_container_that_was_not_read_was_not_looked_at)
{
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", NULL);
    ck_assert(!directory_covers(directory, name("CN=SMTP,CN=Protocols," EX03)));
    ck_assert(!directory_covers(directory, name("CN=1,CN=SMTP,CN=Protocols," EX03)));
    ck_assert(directory_covers(directory, name("CN=Microsoft MTA," EX03)));
}
END_TEST

START_TEST(a_record_that_was_lost_is_not_absent)
{
    const char *lost = "CN=gone," LEGACY_SERVERS;

    directory_lose(directory, 0, lost, strlen(lost));
    ck_assert(!directory_source(directory, 0)->complete);
    ck_assert(!directory_covers(directory, name(lost)));
    ck_assert(!directory_covers(directory, name("CN=Microsoft MTA,CN=gone," LEGACY_SERVERS)));
    ck_assert(directory_covers(directory, name("CN=other," LEGACY_SERVERS)));
    directory_seal(directory);
    ck_assert(directory_may_lack(directory, CLASS_msExchExchangeServer));
    ck_assert(!directory_may_lack(directory, CLASS_site));
    ck_assert(!directory_may_lack(directory, CLASS_msExchRoutingGroupConnector));
}
END_TEST

/* What an overlay takes out shows nevertheless that its class and its attributes can be seen. */
START_TEST(what_was_removed_had_been_seen)
{
    const char *gone = "CN=gone," LEGACY_SERVERS;

    forest_put(directory, 0, gone, "objectClass", "msExchExchangeServer", "homeMTA", gone, NULL);
    directory_remove(directory, dn_intern(directory_names(directory), gone, strlen(gone), NULL));
    directory_seal(directory);
    ck_assert(directory_was_thinned(directory, CLASS_msExchExchangeServer));
    ck_assert(!directory_was_thinned(directory, CLASS_site));
    ck_assert_uint_eq(directory_seen(directory, CLASS_msExchExchangeServer, ATTR_homeMTA), 1);
}
END_TEST

START_TEST(a_record_that_another_source_has_was_not_lost)
{
    directory_lose(directory, 0, EX03, strlen(EX03));
    forest_put(directory, 1, EX03, "objectClass", "msExchExchangeServer", NULL);
    directory_seal(directory);
    ck_assert(!directory_may_lack(directory, CLASS_msExchExchangeServer));
    ck_assert(directory_covers(directory, name("CN=gone," LEGACY_SERVERS)));
}
END_TEST

START_TEST(nothing_is_absent_where_anything_may_be_lost)
{
    directory_lose(directory, 0, "no name", 7);
    directory_seal(directory);
    ck_assert(!directory_covers(directory, name("CN=gone," LEGACY_SERVERS)));
    ck_assert(directory_may_lack(directory, CLASS_site));
}
END_TEST

START_TEST(a_file_cut_off_leaves_its_last_record_in_doubt)
{
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", NULL);
    directory_suspect(directory, 0);
    directory_seal(directory);
    ck_assert(directory_source(directory, 0)->complete);
    ck_assert(name(EX03)->entry->cut);
    ck_assert(!directory_covers(directory, name("CN=gone," LEGACY_SERVERS)));
}
END_TEST

START_TEST(what_holds_something_is_there)
{
    forest_put(directory, 0, EX03, "objectClass", "msExchExchangeServer", NULL);
    forest_put(directory, 0, "CN=InformationStore,CN=unread," LEGACY_SERVERS, "objectClass",
               "container", NULL);
    directory_seal(directory);
    ck_assert(!directory_covers(directory, name("CN=unread," LEGACY_SERVERS)));
    ck_assert(directory_covers(directory, name("CN=gone," LEGACY_SERVERS)));
}
END_TEST

START_TEST(a_container_without_its_usual_content_was_filtered)
{
    directory_seal(directory);
    ck_assert(!directory_covers(directory, name("CN=gone," LEGACY_SERVERS)));
}
END_TEST

START_TEST(the_configuration_partition_is_found)
{
    directory_seal(directory);
    ck_assert_ptr_eq(directory_configuration(directory), name(CONFIGURATION));
}
END_TEST

START_TEST(the_configuration_partition_is_found_without_its_head)
{
    g_autoptr(Directory) part = directory_new();
    g_autofree char *text = NULL;

    directory_add_source(part, SOURCE_LDIF, "part.ldif");
    forest_put(part, 0, "CN=Configuration," SITES, "objectClass", "site", NULL);
    directory_seal(part);
    text = dn_text(directory_configuration(part));
    ck_assert_str_eq(text, CONFIGURATION);
}
END_TEST

START_TEST(there_may_be_no_configuration_partition)
{
    g_autoptr(Directory) part = directory_new();

    directory_add_source(part, SOURCE_LDIF, "part.ldif");
    forest_put(part, 0, "CN=Configuration,OU=Sites,DC=test", "objectClass", "group", NULL);
    directory_seal(part);
    ck_assert_ptr_null(directory_configuration(part));
}
END_TEST

/* --- copies ------------------------------------------------------------------------------- */

START_TEST(a_copy_knows_of_its_sources_what_the_original_knows)
{
    g_autoptr(Directory) copy = NULL;

    directory_source(directory, 1)->searched = true;
    directory_set_incomplete(directory, 1);
    directory_seal(directory);
    copy = directory_branch(directory);
    directory_seal(copy);
    ck_assert_uint_eq(directory_source_count(copy), 2);
    ck_assert(!directory_source(copy, 0)->searched);
    ck_assert(directory_source(copy, 0)->complete);
    ck_assert_str_eq(directory_source(copy, 1)->name, "second.ldif");
    ck_assert(directory_source(copy, 1)->searched);
    ck_assert(!directory_source(copy, 1)->complete);
    ck_assert_ptr_nonnull(dn_find(directory_names(copy), LEGACY_GROUP, strlen(LEGACY_GROUP)));
}
END_TEST

static TCase *reading_tests(void)
{
    TCase *tests = tcase_create("reading");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, an_entry_has_the_most_derived_class);
    tcase_add_loop_test(tests, a_value_that_cannot_be_read_is_told_of, 0, G_N_ELEMENTS(readable));
    tcase_add_test(tests, an_entry_without_a_class_counts_as_lost);
    tcase_add_test(tests, values_are_sorted_and_each_once);
    tcase_add_test(tests, a_value_that_is_no_name_stays_bytes);
    tcase_add_test(tests, simple_syntaxes_are_decoded_or_absent);
    tcase_add_test(tests, a_guid_is_printed_in_its_usual_form);
    tcase_add_test(tests, a_record_without_a_name_makes_the_source_incomplete);
    return tests;
}

static TCase *merging_tests(void)
{
    TCase *tests = tcase_create("merging");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, the_same_object_twice_is_one);
    tcase_add_test(tests, attributes_that_only_one_has_are_united);
    tcase_add_loop_test(tests, where_they_differ_the_later_change_wins, 0, 2);
    tcase_add_loop_test(tests, without_a_later_change_the_order_does_not_matter, 0, 2);
    tcase_add_test(tests, back_links_may_differ_at_one_age);
    tcase_add_test(tests, both_values_of_a_difference_are_told);
    tcase_add_test(tests, overlays_replace_and_remove);
    tcase_add_test(tests, what_only_an_overlay_writes_may_stay_unread);
    tcase_add_test(tests, a_copy_knows_of_its_sources_what_the_original_knows);
    return tests;
}

static TCase *asking_tests(void)
{
    TCase *tests = tcase_create("asking");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, entries_are_in_order_whatever_the_order_of_reading, 0, 3);
    tcase_add_test(tests, classes_include_what_derives_from_them);
    tcase_add_test(tests, absence_can_be_concluded_where_the_container_was_read);
    tcase_add_test(tests, a_standing_container_that_was_not_read_was_not_looked_at);
    tcase_add_test(tests, a_record_that_was_lost_is_not_absent);
    tcase_add_test(tests, a_record_that_another_source_has_was_not_lost);
    tcase_add_test(tests, nothing_is_absent_where_anything_may_be_lost);
    tcase_add_test(tests, a_file_cut_off_leaves_its_last_record_in_doubt);
    tcase_add_test(tests, what_holds_something_is_there);
    tcase_add_test(tests, a_container_without_its_usual_content_was_filtered);
    tcase_add_test(tests, the_configuration_partition_is_found);
    tcase_add_test(tests, the_configuration_partition_is_found_without_its_head);
    tcase_add_test(tests, there_may_be_no_configuration_partition);
    tcase_add_test(tests, what_was_removed_had_been_seen);
    return tests;
}

Suite *unit_suite(void)
{
    Suite *suite = suite_create("directory");

    suite_add_tcase(suite, reading_tests());
    suite_add_tcase(suite, merging_tests());
    suite_add_tcase(suite, asking_tests());
    return suite;
}
