/* source/overlay.h: changes in memory by the rules of a directory server. */
#include "base/fault.h"
#include "scratch.h"
#include "source/change.h"
#include "source/overlay.h"
#include "source/source.h"

#include "unit.h"

#include <string.h>

/* A routing group connector that names a bridgehead (a link) and a routing group (no
 * link), objects below others, and two objects of one name. */
static const char base[] = "dn: DC=t\n"
                           "\n"
                           "dn: CN=S,DC=t\n"
                           "cn: S\n"
                           "serialNumber: Version 6.5\n"
                           "gatewayProxy: one\n"
                           "gatewayProxy: two\n"
                           "\n"
                           "dn: CN=1,CN=S,DC=t\n"
                           "cn: 1\n"
                           "\n"
                           "dn: CN=C,DC=t\n"
                           "msExchSourceBridgeheadServersDN: cn=1,cn=s,dc=t\n"
                           "msExchDestinationRGDN: CN=S,DC=t\n"
                           "\n"
                           "dn: CN=D,DC=t\n"
                           "\n"
                           "dn: CN=1,CN=D,DC=t\n"
                           "cn: 1\n";

static const char untouched_c[] = "CN=C,DC=t @12\n"
                                  "  msExchDestinationRGDN: CN=S,DC=t @14\n"
                                  "  msExchSourceBridgeheadServersDN: CN=1,CN=S,DC=t @13\n";

/* One print of an object is looked for (or, for "-", is not there) after a change. */
typedef struct Sample {
    const char *changes;
    const char *wanted[3];
} Sample;

static const Sample samples[] = {
    {"dn: CN=E,DC=t\nchangetype: add\nobjectClass: msExchExchangeServer\ncn: E\n",
     {"CN=E,DC=t (overlaid) @1\n  class: msExchExchangeServer\n  cn: E @4\n", untouched_c}},
    {"dn: CN=1,CN=D,DC=t\nchangetype: delete\n\ndn: CN=D,DC=t\nchangetype: delete\n",
     {"-CN=D", untouched_c}},
    /* deleted and added again: the newer one */
    {"dn: CN=1,CN=D,DC=t\nchangetype: delete\n\ndn: cn=1, cn=d,dc=t\nchangetype: add\ncn: 1\n",
     {"CN=1,CN=D,DC=t (overlaid) @4\n  cn: 1 @6\n"}},
    /* a link goes with what it names; another name stays and dangles */
    {"dn: CN=1,CN=S,DC=t\nchangetype: delete\n\ndn: CN=S,DC=t\nchangetype: delete\n",
     {"CN=C,DC=t (overlaid) @12\n  msExchDestinationRGDN: CN=S,DC=t @14\n", "-CN=1,CN=S"}},
    {"dn: CN=S,DC=t\nchangetype: modify\nadd: gatewayProxy\ngatewayProxy: three\n-\n"
     "delete: gatewayProxy\ngatewayProxy: ONE\n-\nreplace: serialNumber\n"
     "serialNumber: Version 8.3\n-\n",
     {"CN=S,DC=t (overlaid) @1\n  cn: S\n  gatewayProxy: three @4\n  gatewayProxy: two\n"
      "  serialNumber: Version 8.3 @10\n",
      untouched_c}},
    {"dn: CN=S,DC=t\nchangetype: modify\ndelete: gatewayProxy\n-\nreplace: serialNumber\n-\n"
     "delete: whatEver\n-\nadd: objectClass\nobjectClass: msExchExchangeServer\n",
     {"CN=S,DC=t (overlaid) @1\n  class: msExchExchangeServer\n  cn: S\n"}},
    /* names are compared as names */
    {"dn: cn=c,dc=t\nchangetype: modify\ndelete: msExchSourceBridgeheadServersDN\n"
     "msExchSourceBridgeheadServersDN: CN=1, CN=S, DC=T\n-\n",
     {"(overlaid) @1\n  msExchDestinationRGDN: CN=S,DC=t\n"}},
    /* a rename takes along what is below, and every name of it */
    {"dn: CN=S,DC=t\nchangetype: modrdn\nnewrdn: CN=T\ndeleteoldrdn: 1\n",
     {"CN=T,DC=t (overlaid) @1\n  cn: T @1\n  gatewayProxy: one\n  gatewayProxy: two\n"
      "  serialNumber: Version 6.5\n",
      "CN=1,CN=T,DC=t (overlaid) @9\n  cn: 1 @10\n",
      "CN=C,DC=t (overlaid) @12\n  msExchDestinationRGDN: CN=T,DC=t @14\n"
      "  msExchSourceBridgeheadServersDN: CN=1,CN=T,DC=t @13\n"}},
    {"dn: CN=1,CN=S,DC=t\nchangetype: moddn\nnewrdn: CN=2\ndeleteoldrdn: 1\n"
     "newsuperior: CN=D,DC=t\n",
     {"CN=2,CN=D,DC=t (overlaid) @1\n  cn: 2 @1\n", "-CN=1,CN=S",
      "msExchSourceBridgeheadServersDN: CN=2,CN=D,DC=t @13\n"}},
    /* another spelling is a new name */
    {"dn: CN=S,DC=t\nchangetype: modrdn\nnewrdn: CN=s\ndeleteoldrdn: 1\n",
     {"  cn: s @1\n  gatewayProxy: one\n"}},
};

static Directory *read_base(char **path)
{
    Directory *directory = directory_new();

    *path = scratch_file(base, strlen(base));
    ck_assert(file_source_read(directory, *path, NULL, NULL, NULL));
    return directory;
}

static bool apply(Directory *directory, const char *text, GError **error)
{
    g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func((GDestroyNotify)change_free);
    char *path = scratch_file(text, strlen(text));
    bool read = file_changes_read(directory, path, NULL, changes, error);

    scratch_free(path);
    return read && overlay_apply(directory, changes, error);
}

static void check_wanted(const char *printed, const char *wanted)
{
    if (wanted == NULL)
        return;
    if (*wanted == '-')
        ck_assert_msg(strstr(printed, wanted + 1) == NULL, "%s is still there:\n%s", wanted + 1,
                      printed);
    else
        ck_assert_msg(strstr(printed, wanted) != NULL, "wanted:\n%sfound:\n%s", wanted, printed);
}

START_TEST(changes_are_made)
{
    char *path;
    g_autoptr(Directory) directory = read_base(&path);
    g_autoptr(GError) error = NULL;
    g_autofree char *printed = NULL;
    bool applied = apply(directory, samples[_i].changes, &error);

    scratch_free(path);
    ck_assert_msg(applied, "%s", applied ? "" : error->message);
    printed = directory_print(directory);
    for (size_t i = 0; i < G_N_ELEMENTS(samples[_i].wanted); i++)
        check_wanted(printed, samples[_i].wanted[i]);
}
END_TEST

/* What a server would refuse: the changes, and the message from the line on. */
static const char *const refusals[][2] = {
    {"dn: CN=S,DC=t\nchangetype: add\ncn: S\n",
     "line 1: CN=S,DC=t exists already and cannot be added"},
    {"dn: CN=X,CN=Y,DC=t\nchangetype: add\ncn: X\n",
     "line 1: CN=X,CN=Y,DC=t cannot be added: the object above it does not exist"},
    {"# no such\ndn: CN=X,DC=t\nchangetype: delete\n", "line 2: CN=X,DC=t does not exist"},
    {"dn: CN=X,DC=t\nchangetype: modify\n", "line 1: CN=X,DC=t does not exist"},
    {"dn: X\nchangetype: delete\n", "line 1: X is not the name of an object"},
    {"dn: CN=S,DC=t\nchangetype: delete\n",
     "line 1: CN=S,DC=t cannot be deleted: 1 objects are below it"},
    {"dn: CN=S,DC=t\nchangetype: modify\ndelete: gatewayProxy\ngatewayProxy: two\n"
     "gatewayProxy: three\n",
     "line 5: CN=S,DC=t cannot be changed: its gatewayProxy does not have the value to be "
     "deleted"},
    {"dn: CN=S,DC=t\nchangetype: modify\ndelete: legacyExchangeDN\n-\n",
     "line 3: CN=S,DC=t cannot be changed: its legacyExchangeDN has no value to be deleted"},
    {"dn: CN=S,DC=t\nchangetype: modify\nadd: gatewayProxy\ngatewayProxy: TWO\n",
     "line 4: CN=S,DC=t cannot be changed: its gatewayProxy has that value already"},
    {"dn: CN=S,DC=t\nchangetype: modify\nreplace: legacyExchangeDN\nlegacyExchangeDN: a\n"
     "legacyExchangeDN: b\n",
     "line 3: CN=S,DC=t cannot be changed: its legacyExchangeDN can have one value only"},
    {"dn: CN=S,DC=t\nchangetype: modrdn\nnewrdn: CN=D\ndeleteoldrdn: 1\n",
     "line 1: CN=S,DC=t cannot be renamed: an object of that name exists"},
    {"dn: CN=S,DC=t\nchangetype: modrdn\nnewrdn: CN=S\ndeleteoldrdn: 1\n"
     "newsuperior: CN=1,CN=S,DC=t\n",
     "line 1: CN=S,DC=t cannot be moved below itself"},
    {"dn: CN=S,DC=t\nchangetype: modrdn\nnewrdn: CN=S\ndeleteoldrdn: 1\nnewsuperior: CN=X,DC=t\n",
     "line 1: CN=S,DC=t cannot be moved: the object to be above it does not exist"},
};

START_TEST(what_a_server_would_refuse_is_refused)
{
    char *path;
    g_autoptr(Directory) directory = read_base(&path);
    g_autoptr(GError) error = NULL;

    scratch_free(path);
    ck_assert(!apply(directory, refusals[_i][0], &error));
    ck_assert(g_error_matches(error, FAULT, FAULT_SOURCE));
    ck_assert_str_eq(strstr(error->message, "line"), refusals[_i][1]);
}
END_TEST

START_TEST(a_value_that_may_be_cut_off_may_be_deleted)
{
    static const char text[] = "dn: CN=S,DC=t\ngatewayProxy;range=0-0: one\n";
    static const char change[] = "dn: CN=S,DC=t\nchangetype: modify\ndelete: gatewayProxy\n"
                                 "gatewayProxy: two\n";
    g_autoptr(Directory) directory = directory_new();
    char *path = scratch_file(text, strlen(text));
    g_autofree char *printed = NULL;

    ck_assert(file_source_read(directory, path, NULL, NULL, NULL));
    scratch_free(path);
    ck_assert(apply(directory, change, NULL));
    printed = directory_print(directory);
    check_wanted(printed, "  gatewayProxy (cut): one\n");
}
END_TEST

static const char *const removals[][2] = {
    {"CN=S,DC=t", "CN=C,DC=t (overlaid) @12\n  msExchDestinationRGDN: CN=S,DC=t @14\n"},
    {"cn=s, dc=t", "-CN=1,CN=S"},
    {"s", "-CN=1,CN=S"},
    {"1", "\"1\" is the name of 2 objects; give the distinguished name of one: CN=1,CN=D,DC=t; "
          "CN=1,CN=S,DC=t"},
    {"nobody", "no object is called \"nobody\"; give its name or its distinguished name"},
};

START_TEST(one_object_is_removed_by_name)
{
    char *path;
    g_autoptr(Directory) directory = read_base(&path);
    g_autoptr(GError) error = NULL;
    g_autofree char *printed = NULL;

    scratch_free(path);
    if (overlay_remove(directory, removals[_i][0], &error)) {
        printed = directory_print(directory);
    } else {
        ck_assert(g_error_matches(error, FAULT, FAULT_USAGE));
        printed = g_strdup(error->message);
    }
    check_wanted(printed, removals[_i][1]);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("overlay");
    TCase *tests = tcase_create("overlay");

    tcase_add_loop_test(tests, changes_are_made, 0, G_N_ELEMENTS(samples));
    tcase_add_loop_test(tests, what_a_server_would_refuse_is_refused, 0, G_N_ELEMENTS(refusals));
    tcase_add_test(tests, a_value_that_may_be_cut_off_may_be_deleted);
    tcase_add_loop_test(tests, one_object_is_removed_by_name, 0, G_N_ELEMENTS(removals));
    suite_add_tcase(suite, tests);
    return suite;
}
