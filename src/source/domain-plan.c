/* The questions put to domain partitions. */
#include "source/domain-plan.h"

#include <ldap.h>
#include <string.h>

/* Server names in one filter: far below what a domain controller refuses. */
enum { NAMES = 100 };

/* Setup, of every version, calls its groups "Exchange …". */
static const char group_filter[] =
    "(&(|(objectClass=group)(objectClass=msExchDynamicDistributionList))"
    "(|(cn=Exchange*)(sAMAccountName=Exchange*)(msExchExpansionServerName=*)))";

static const char recipient_filter[] =
    "(&(objectClass=user)(|(homeMDB=*)(msExchHomeServerName=*)(msExchRecipientTypeDetails=*)"
    "(msExchUMEnabledFlags=*)(msExchIMAddress=*)(msExchConferenceMailboxBL=*)))";

static const char system_objects_filter[] = "(objectClass=msExchSystemObjectsContainer)";

/* What every domain has directly below its head (MS-ADTS section 6.1.1.4). */
static const char *const containers[] = {"CN=Computers", "CN=Users", "OU=Domain Controllers"};

static const char when_domains[] = "for rules that look into domain partitions";

static void add_question(GPtrArray *questions, const char *purpose, char *base, const char *filter)
{
    Question *question = g_new(Question, 1);

    *question = (Question){.kind = QUESTION_DOMAIN,
                           .purpose = purpose,
                           .when = when_domains,
                           .base = base,
                           .filter = g_strdup(filter != NULL ? filter : PLAN_ANY),
                           .attributes = plan_attributes(),
                           .subtree = filter != NULL,
                           .content = true};
    g_ptr_array_add(questions, question);
}

/* --- Computers ------------------------------------------------------------------------------- */

/* A computer's account is called after it, and so is its first name in DNS. */
static void append_computer(GString *filter, const char *name)
{
    struct berval raw = {.bv_len = strlen(name), .bv_val = (char *)(uintptr_t)name};
    struct berval safe = {0, NULL};

    if (ldap_bv2escaped_filter_value(&raw, &safe) != 0)
        return;
    g_string_append_printf(filter, "(sAMAccountName=%s$)(dNSHostName=%s.*)", safe.bv_val,
                           safe.bv_val);
    if (safe.bv_val != raw.bv_val)
        ber_memfree(safe.bv_val);
}

static void add_computers(GPtrArray *questions, const char *head, const GPtrArray *names,
                          guint first)
{
    g_autoptr(GString) filter = g_string_new("(&(objectClass=computer)(|");

    for (guint i = first; i < MIN(first + NAMES, names->len); i++)
        append_computer(filter, g_ptr_array_index(names, i));
    g_string_append(filter, "))");
    add_question(questions, "accounts of domain controllers and Exchange servers", g_strdup(head),
                 filter->str);
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Of domain controllers' objects below sites, and of Exchange servers, whose class derives from
 * theirs. A domain controller with Exchange is one computer. */
static GPtrArray *server_names(const Directory *directory)
{
    const GPtrArray *entries = directory_entries(directory);
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);
        g_autofree char *name = NULL;

        if (!class_is_a((ClassId)entry->class_id, CLASS_server) || !entry_is_live(entry) ||
            dn_mangling(entry->dn) != MANGLED_NOT)
            continue;
        name = g_ascii_strdown(entry->dn->value, -1);
        if (!g_hash_table_contains(known, name)) {
            g_hash_table_add(known, name);
            g_ptr_array_add(names, g_steal_pointer(&name));
        }
    }
    g_ptr_array_sort(names, compare_names);
    return names;
}

/* --- All of it ------------------------------------------------------------------------------- */

static void add_containers(GPtrArray *questions, const char *head)
{
    for (guint i = 0; i < G_N_ELEMENTS(containers); i++)
        add_question(questions, "a container that every domain has",
                     g_strconcat(containers[i], ",", head, NULL), NULL);
}

/* Whatever has to be looked for. `names` are those of servers. */
static void add_subtrees(GPtrArray *questions, const GPtrArray *names, const char *head,
                         unsigned parts)
{
    if ((parts & DOMAIN_COMPUTERS) != 0)
        for (guint first = 0; first < names->len; first += NAMES)
            add_computers(questions, head, names, first);
    if ((parts & DOMAIN_GROUPS) != 0)
        add_question(questions, "Exchange's groups, and groups that a server expands",
                     g_strdup(head), group_filter);
    if ((parts & DOMAIN_RECIPIENTS) != 0)
        add_question(questions, "users with attributes of Exchange", g_strdup(head),
                     recipient_filter);
    add_question(questions, "how the domain is prepared", g_strdup(head), system_objects_filter);
}

static void add_all(GPtrArray *questions, const GPtrArray *names, const char *head, unsigned parts)
{
    if (parts == 0)
        return;
    add_subtrees(questions, names, head, parts);
    add_containers(questions, head);
    add_question(questions, "the head of the partition", g_strdup(head), NULL);
}

/* What changed is asked for in order to read it again, not for its own sake. */
static void add_changes(GPtrArray *questions, const GPtrArray *names, const char *head,
                        unsigned parts, const char *least)
{
    guint first = questions->len;

    add_question(questions, "changes of what was read, or is referred to", g_strdup(head),
                 PLAN_ANY);
    add_subtrees(questions, names, head, parts);
    for (guint i = first; i < questions->len; i++) {
        Question *question = g_ptr_array_index(questions, i);

        question_narrow(question, least);
        question->when = plan_when_changed;
        question->content = false;
    }
}

static GPtrArray *questions_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)question_free);
}

GPtrArray *domain_questions(const Directory *directory, const char *head, unsigned parts)
{
    g_autoptr(GPtrArray) names = server_names(directory);
    GPtrArray *questions = questions_new();

    add_all(questions, names, head, parts);
    return questions;
}

GPtrArray *domain_changes(const Directory *directory, const char *head, unsigned parts,
                          const char *least)
{
    g_autoptr(GPtrArray) names = server_names(directory);
    GPtrArray *questions = questions_new();

    add_changes(questions, names, head, parts, least);
    return questions;
}

/* --- Beforehand ------------------------------------------------------------------------------ */

static const char unknown_head[] = "<nCName of each domain>";

static void add_probe(GPtrArray *questions)
{
    Question *question = plan_question(QUESTION_PROBE, unknown_head);

    question->purpose = "whether the server holds the partition, and the account may see it";
    question->when = when_domains;
    g_ptr_array_add(questions, question);
}

/* The names are those of the configuration, which nobody has read yet. */
void domain_plan_add(SearchPlan *plan, unsigned parts)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    Question *named;

    if (parts == 0)
        return;
    g_ptr_array_add(names, (gpointer) "<computer>");
    add_probe(plan->questions);
    add_all(plan->questions, names, unknown_head, parts);
    add_question(plan->questions, "what the configuration refers to, and members of its groups",
                 g_strdup("<name of an object in a domain>"), NULL);
    named = g_ptr_array_index(plan->questions, plan->questions->len - 1);
    named->content = false;
    add_changes(plan->questions, names, unknown_head, parts, plan_unknown_number);
}
