/* The change files of fixtures/rules whose rule speaks of a plan: an audit does not run it, so that
 * tests/golden/rules.sh can only see that it keeps quiet. Here each is judged in the situation that
 * its head names: X.raise raises rule X, X.near does not. */
#include "api/forest.h"

#include "unit.h"

#include <glib.h>
#include <string.h>

/* What follows "# KEY: " in a file; NULL when there is none. The caller frees it. */
static char *head_of(const char *text, const char *key)
{
    g_autofree char *start = g_strdup_printf("# %s: ", key);
    const char *at = strstr(text, start);
    const char *end = at == NULL ? NULL : strchr(at, '\n');

    return end == NULL ? NULL : g_strndup(at + strlen(start), (gsize)(end - at) - strlen(start));
}

static char *fixture(const char *name)
{
    const char *source = g_getenv("srcdir");

    return g_build_filename(source == NULL ? "." : source, "fixtures", "rules", name, NULL);
}

static adtopo_forest *read_forest(const char *base, const char *changes)
{
    adtopo_reader *reader = adtopo_reader_new();
    adtopo_forest *forest;
    adtopo_error error = {0};

    adtopo_reader_add(reader, base);
    adtopo_reader_apply(reader, changes);
    forest = adtopo_reader_run(reader, &error);
    ck_assert_msg(forest != NULL, "%s: %s", changes, error.text);
    adtopo_reader_free(reader);
    return forest;
}

static guint count_findings(const adtopo_forest *forest, const char *rule, const char *scenario)
{
    const char *include[] = {rule, NULL};
    AuditOptions options = {
        .include = include,
        .scenarios = strcmp(scenario, "last") == 0 ? SCENARIO_LAST : SCENARIO_PREFLIGHT,
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(Audit) audit = audit_run(forest->topology, &options, &error);

    ck_assert_msg(audit != NULL, "%s: %s", rule, audit == NULL ? error->message : "");
    return audit->findings->len;
}

static void judge(const char *name, const char *path, const char *text, const char *scenario)
{
    g_autofree char *rule = g_strndup(name, strcspn(name, "."));
    g_autofree char *organization = head_of(text, "base");
    g_autofree char *base = fixture(organization);
    adtopo_forest *forest = read_forest(base, path);
    guint count = count_findings(forest, rule, scenario);

    if (strstr(name, ".raise") != NULL)
        ck_assert_msg(count > 0, "%s raises nothing", name);
    else
        ck_assert_msg(count == 0, "%s raises %s", name, rule);
    adtopo_forest_free(forest);
}

START_TEST(test_plans)
{
    g_autofree char *folder = fixture(NULL);
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    const char *name;
    guint judged = 0;

    ck_assert_ptr_nonnull(files);
    while ((name = g_dir_read_name(files)) != NULL) {
        g_autofree char *path = fixture(name);
        g_autofree char *text = NULL;
        g_autofree char *scenario = NULL;

        if (!g_file_get_contents(path, &text, NULL, NULL))
            continue;
        scenario = head_of(text, "scenario");
        if (scenario == NULL)
            continue;
        judge(name, path, text, scenario);
        judged++;
    }
    ck_assert_uint_gt(judged, 20);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("rules of plans");
    TCase *fixtures = tcase_create("fixtures");

    tcase_add_test(fixtures, test_plans);
    tcase_set_timeout(fixtures, 60);
    suite_add_tcase(suite, fixtures);
    return suite;
}
