/* The questions put to a server, made from the vocabulary's tables. */
#include "source/plan.h"

#include "source/rootdse.h"

#include <string.h>

static bool is_wanted(ClassId id, Partition partition)
{
    const ClassInfo *info = &class_table[id];

    return (info->read || info->context) && info->partition == partition;
}

static bool is_asked_through_superior(ClassId id, Partition partition)
{
    for (id = class_table[id].superior; id != CLASS_NONE; id = class_table[id].superior)
        if (is_wanted(id, partition))
            return true;
    return false;
}

char *plan_filter(Partition partition)
{
    GString *filter = g_string_new("(|");

    for (ClassId id = CLASS_NONE + 1; id < CLASS_COUNT; id++)
        if (is_wanted(id, partition) && !is_asked_through_superior(id, partition))
            g_string_append_printf(filter, "(objectClass=%s)", class_table[id].name);
    g_string_append_c(filter, ')');
    return g_string_free(filter, FALSE);
}

char **plan_attributes(void)
{
    GPtrArray *names = g_ptr_array_new();

    for (AttributeId id = ATTR_NONE + 1; id < ATTR_COUNT; id++)
        if (attribute_table[id].read || id == ATTR_objectClass)
            g_ptr_array_add(names, (char *)attribute_table[id].name);
    g_ptr_array_add(names, NULL);
    return (char **)(void *)g_ptr_array_free(names, FALSE);
}

/* --- the questions ------------------------------------------------------------------------ */

/* Where Exchange Setup leaves the number of its last schema change (rangeUpper). */
#define EXCHANGE_MARKER "CN=ms-Exch-Schema-Version-Pt"

static const char *const no_attributes[] = {"1.1", NULL}; /* RFC 4511 section 4.5.1.8 */
static const char *const database_attributes[] = {"invocationId", NULL};

static char **copy_names(const char *const *names)
{
    GPtrArray *copy = g_ptr_array_new();

    for (; *names != NULL; names++)
        g_ptr_array_add(copy, (char *)*names);
    g_ptr_array_add(copy, NULL);
    return (char **)(void *)g_ptr_array_free(copy, FALSE);
}

static char **no_names(void)
{
    return copy_names(no_attributes);
}

static char **database_names(void)
{
    return copy_names(database_attributes);
}

/* What all questions of a kind share. */
typedef struct Pattern {
    const char *purpose;
    const char *when;
    const char *unknown; /* stands for the base */
    char **(*attributes)(void);
    bool subtree;
    bool content;
} Pattern;

static const char in_configuration[] = "<configurationNamingContext>";
static const char in_schema[] = "<schemaNamingContext>";
const char plan_when_changed[] =
    "on an Active Directory domain controller whose highestCommittedUSN moved";
const char plan_unknown_number[] = "<highestCommittedUSN + 1>";
static const char when_controller[] = "on an Active Directory domain controller";

static const Pattern patterns[QUESTION_COUNT] = {
    [QUESTION_ROOTDSE] =
        {
            .purpose = "where the partitions are, what the server can do, and how far its "
                       "changes have come; before and after the reading",
            .attributes = rootdse_attributes,
        },
    [QUESTION_PROBE] =
        {
            .purpose = "whether the configuration partition is there, where the rootDSE "
                       "does not name it",
            .when = "on a server that is no domain controller",
            .attributes = no_names,
        },
    [QUESTION_CONFIGURATION] =
        {
            .purpose = "organisation, groups, servers, connectors, policies, sites, site links "
                       "and domains: what every rule judges",
            .unknown = in_configuration,
            .attributes = plan_attributes,
            .subtree = true,
            .content = true,
        },
    [QUESTION_SCHEMA] =
        {
            .purpose = "the level of the schema and who is its master (PRE, NXT)",
            .unknown = in_schema,
            .attributes = plan_attributes,
            .content = true,
        },
    [QUESTION_MARKER] =
        {
            .purpose = "which release of Exchange extended the schema (ORG, PRE, NXT)",
            .unknown = in_schema,
            .attributes = plan_attributes,
            .content = true,
        },
    [QUESTION_DATABASE] =
        {
            .purpose = "whose copy of the directory was read, for the head of the report",
            .when = when_controller,
            .unknown = "<dsServiceName>",
            .attributes = database_names,
        },
    [QUESTION_CHANGES] =
        {
            .purpose = "what changed while it was read, to read that again",
            .when = plan_when_changed,
            .unknown = in_configuration,
            .attributes = plan_attributes,
            .subtree = true,
        },
};

static char *question_filter(QuestionKind kind)
{
    return patterns[kind].subtree ? plan_filter(PARTITION_CONFIGURATION) : g_strdup(PLAN_ANY);
}

Question *plan_question(QuestionKind kind, const char *base)
{
    const Pattern *pattern = &patterns[kind];
    Question *question = g_new(Question, 1);

    *question = (Question){
        .kind = kind,
        .purpose = pattern->purpose,
        .when = pattern->when,
        .base = kind == QUESTION_MARKER ? g_strdup_printf(EXCHANGE_MARKER ",%s", base)
                                        : g_strdup(base),
        .filter = question_filter(kind),
        .attributes = pattern->attributes(),
        .subtree = pattern->subtree,
        .content = pattern->content,
    };
    return question;
}

void question_narrow(Question *question, const char *least)
{
    g_autofree char *whole = question->filter;

    question->filter = g_strdup_printf("(&(uSNChanged>=%s)%s)", least, whole);
}

Question *plan_changes(const char *base, const char *least)
{
    Question *question = plan_question(QUESTION_CHANGES, base);

    question_narrow(question, least);
    return question;
}

void question_free(Question *question)
{
    if (question == NULL)
        return;
    g_free(question->base);
    g_free(question->filter);
    g_free(question->attributes);
    g_free(question);
}

/* --- the plan ----------------------------------------------------------------------------- */

static void free_question(gpointer question)
{
    question_free(question);
}

SearchPlan *search_plan_new(const char *uri)
{
    SearchPlan *plan = g_new0(SearchPlan, 1);

    plan->uri = g_strdup(uri);
    plan->questions = g_ptr_array_new_with_free_func(free_question);
    return plan;
}

void search_plan_free(SearchPlan *plan)
{
    if (plan == NULL)
        return;
    g_free(plan->uri);
    g_free(plan->domain);
    g_ptr_array_unref(plan->questions);
    g_free(plan);
}

void search_plan_add(SearchPlan *plan, QuestionKind kind, const char *base)
{
    const char *known = base != NULL ? base : patterns[kind].unknown;

    if (kind == QUESTION_CHANGES)
        g_ptr_array_add(plan->questions, plan_changes(known, plan_unknown_number));
    else
        g_ptr_array_add(plan->questions, plan_question(kind, known));
}

/* The schema partition lies below the configuration partition (MS-ADTS section 3.1.1.1.5). */
SearchPlan *search_plan_offline(const char *base)
{
    bool configuration = base != NULL && g_ascii_strncasecmp(base, "CN=Configuration,",
                                                             strlen("CN=Configuration,")) == 0;
    g_autofree char *schema = configuration ? g_strdup_printf("CN=Schema,%s", base) : NULL;
    SearchPlan *plan = search_plan_new(NULL);

    plan->mechanism = "GSSAPI";
    plan->paged = true;
    plan->domain_scope = true;
    search_plan_add(plan, QUESTION_ROOTDSE, "");
    search_plan_add(plan, QUESTION_CONFIGURATION, base);
    search_plan_add(plan, QUESTION_SCHEMA, schema);
    search_plan_add(plan, QUESTION_MARKER, schema);
    search_plan_add(plan, QUESTION_DATABASE, NULL);
    search_plan_add(plan, QUESTION_CHANGES, base);
    return plan;
}
