/* The searches of a plan, for people who want to know beforehand, and for those who would rather
 * run the programs they have. */
#include "report/searches.h"

#include "report/commands.h"
#include "report/escape.h"
#include "report/json.h"

/* In the order in which they are sent. */
typedef struct Control {
    const char *oid;
    const char *name;
} Control;

static const Control page_control = {"1.2.840.113556.1.4.319", "paged results"};
static const Control scope_control = {"1.2.840.113556.1.4.1339", "domain scope"};

static const char rest_note[] =
    "Where a server gives the values of an attribute in parts, the rest is asked of the entry, as "
    "\"member;range=1500-*\". Pages are asked for one after the other, over one connection.";

/* ldapsearch appends to one file; ldifde can only write a new one. */
static const char ldapsearch_file[] = "adtopo.ldif";

static const char domains_note[] =
    "<nCName of each domain> stands for the attribute nCName of the crossRef objects in "
    "CN=Partitions of the configuration partition, where bit 2 of systemFlags is set; <computer> "
    "for the cn of each server object below CN=Sites and of each Exchange server. Nobody knows "
    "them before the configuration partition was read.";

static const char fill_note[] =
    "In the lines for ldapsearch and ldifde, what stands in angle brackets is to be filled in "
    "first, once for every domain and server. The files must not be there before. ldifde writes "
    "none where nothing is found.";

static char *ldifde_file(guint number)
{
    return g_strdup_printf("adtopo-%u.ldf", number);
}

static bool is_paged(const SearchPlan *plan, const Question *question)
{
    return question->subtree && plan->paged;
}

static bool is_scoped(const SearchPlan *plan, const Question *question)
{
    return (question->content || question->subtree) && plan->domain_scope;
}

/* --- Notes -------------------------------------------------------------------------------- */

static bool asks_domains(const SearchPlan *plan)
{
    FOR_EACH(const Question, question, plan->questions)
        if (question->kind == QUESTION_DOMAIN)
            return true;
    return false;
}

/* Where the names of domains come from, if any is asked. */
static void add_domains(GPtrArray *notes, const GPtrArray *plans)
{
    g_autoptr(GString) note = g_string_new(NULL);

    FOR_EACH(const SearchPlan, plan, plans) {
        if (note->len == 0 && asks_domains(plan))
            g_string_append(note, domains_note);
        if (asks_domains(plan) && plan->domain != NULL)
            g_string_append_printf(note, " %s is for the domain %s.", plan->uri, plan->domain);
    }
    if (note->len > 0)
        g_ptr_array_add(notes, g_strdup(note->str));
}

/* What is true of all questions, and of filling them in; of char. */
static GPtrArray *notes_of(const GPtrArray *plans)
{
    GPtrArray *notes = g_ptr_array_new_with_free_func(g_free);

    if (plans->len == 0)
        return notes;
    g_ptr_array_add(notes, g_strdup(rest_note));
    add_domains(notes, plans);
    g_ptr_array_add(notes, g_strdup(fill_note));
    return notes;
}

/* --- JSON --------------------------------------------------------------------------------- */

static json_t *names_value(char **names)
{
    json_t *list = json_array();

    for (; *names != NULL; names++)
        json_array_append_new(list, text_value(*names));
    return list;
}

static void add_control(json_t *list, const Control *control)
{
    json_t *value = json_object();

    json_object_set_new(value, "oid", text_value(control->oid));
    json_object_set_new(value, "name", text_value(control->name));
    json_object_set_new(value, "critical", json_false());
    json_array_append_new(list, value);
}

static json_t *controls_value(const SearchPlan *plan, const Question *question)
{
    json_t *list = json_array();

    if (is_paged(plan, question))
        add_control(list, &page_control);
    if (is_scoped(plan, question))
        add_control(list, &scope_control);
    return list;
}

static json_t *question_value(const SearchPlan *plan, const ConnectionOptions *options,
                              const Question *question, guint number)
{
    json_t *value = json_object();
    const char *ldif = question->content ? ldapsearch_file : NULL;
    g_autofree char *ldf = ldifde_file(number);

    json_object_set_new(value, "purpose", text_value(question->purpose));
    json_object_set_new(value, "when", text_value(question->when));
    json_object_set_new(value, "base", text_value(question->base));
    json_object_set_new(value, "scope", text_value(question->subtree ? "sub" : "base"));
    json_object_set_new(value, "filter", text_value(question->filter));
    json_object_set_new(value, "attributes", names_value(question->attributes));
    json_object_set_new(value, "pageSize",
                        is_paged(plan, question) ? json_integer(PLAN_PAGE) : json_null());
    json_object_set_new(value, "controls", controls_value(plan, question));
    json_object_set_new(value, "content", json_boolean(question->content));
    json_object_set_new(value, "ldapsearch",
                        take_text_value(ldapsearch_line(plan, options, question, ldif)));
    json_object_set_new(value, "ldifde", take_text_value(ldifde_line(plan, question, ldf)));
    return value;
}

static json_t *plan_value(const SearchPlan *plan, const ConnectionOptions *options, guint *number)
{
    json_t *value = json_object();
    json_t *searches = json_array();

    FOR_EACH(const Question, question, plan->questions)
        json_array_append_new(searches, question_value(plan, options, question, ++*number));
    json_object_set_new(value, "server", text_value(plan->uri));
    json_object_set_new(value, "searches", searches);
    return value;
}

static json_t *plans_value(const GPtrArray *plans, const ConnectionOptions *options)
{
    g_autoptr(GPtrArray) notes = notes_of(plans);
    json_t *remarks = json_array();
    json_t *list = json_array();
    guint number = 0;

    FOR_EACH(const SearchPlan, plan, plans)
        json_array_append_new(list, plan_value(plan, options, &number));
    FOR_EACH(const char, note, notes)
        json_array_append_new(remarks, text_value(note));
    return json_pack("{s:i, s:o, s:o}", "schemaVersion", 1, "servers", list, "notes", remarks);
}

/* --- text --------------------------------------------------------------------------------- */

static char *controls_text(const SearchPlan *plan, const Question *question)
{
    GString *text = g_string_new(NULL);

    if (is_paged(plan, question))
        g_string_append_printf(text, "%s, %d entries a page (%s)", page_control.name, PLAN_PAGE,
                               page_control.oid);
    if (is_scoped(plan, question))
        g_string_append_printf(text, "%s%s (%s)", text->len > 0 ? "; " : "", scope_control.name,
                               scope_control.oid);
    if (text->len == 0)
        g_string_append(text, "none");
    return g_string_free(text, FALSE);
}

/* The list is long and nearly always the same: it stands with the first question that has it. */
static char *attributes_text(const SearchPlan *plan, const Question *question, guint number)
{
    guint place;
    guint first = 0;

    g_ptr_array_find(plan->questions, question, &place);
    for (; first < place; first++) {
        const Question *earlier = g_ptr_array_index(plan->questions, first);

        if (g_strv_equal((const char *const *)earlier->attributes,
                         (const char *const *)question->attributes))
            return g_strdup_printf("those of %u", number - (place - first));
    }
    return g_strjoinv(" ", question->attributes);
}

static void write_question(Writer *out, const SearchPlan *plan, const Question *question,
                           guint number)
{
    g_autofree char *attributes = attributes_text(plan, question, number);
    g_autofree char *controls = controls_text(plan, question);
    g_autofree char *heading =
        g_strdup_printf("%u  %s%s", number, question->subtree ? "the subtree of " : "the entry ",
                        *question->base != '\0' ? question->base : "without a name (rootDSE)");

    writer_put(out, "\n");
    writer_wrap(out, 0, 3, heading);
    writer_item(out, 3, "For", question->purpose);
    if (question->when != NULL)
        writer_item(out, 3, "Sent", question->when);
    writer_item(out, 3, "Filter", question->filter);
    writer_item(out, 3, "Attributes", attributes);
    writer_item(out, 3, "Controls", controls);
}

static void write_questions(Writer *out, const SearchPlan *plan, guint *number)
{
    g_autofree char *heading =
        plan->uri != NULL
            ? g_strdup_printf("What %s would be asked. It was asked for its rootDSE alone.",
                              plan->uri)
            : g_strdup("What a domain controller would be asked. None was: names in angle brackets "
                       "stand for what it would say; -H shows them, -b gives the base.");

    writer_wrap(out, 0, 0, heading);
    FOR_EACH(const Question, question, plan->questions)
        write_question(out, plan, question, ++*number);
    writer_put(out, "\n");
}

/* To be copied: not wrapped. */
static void write_line(Writer *out, const char *line)
{
    g_autofree char *escaped = escape_text(line);

    writer_print(out, "%s\n", escaped);
}

static void write_ldapsearch(Writer *out, const GPtrArray *plans, const ConnectionOptions *options)
{
    FOR_EACH(const SearchPlan, plan, plans) {
        FOR_EACH(const Question, question, plan->questions) {
            g_autofree char *line = NULL;

            if (question->content)
                line = ldapsearch_line(plan, options, question, ldapsearch_file);
            if (line != NULL)
                write_line(out, line);
        }
    }
    writer_print(out, "adtopo audit %s\n", ldapsearch_file);
}

static void write_ldifde(Writer *out, const GPtrArray *plans)
{
    guint number = 0;

    FOR_EACH(const SearchPlan, plan, plans) {
        FOR_EACH(const Question, question, plan->questions) {
            g_autofree char *file = ldifde_file(++number);
            g_autofree char *line = question->content ? ldifde_line(plan, question, file) : NULL;

            if (line != NULL)
                write_line(out, line);
        }
    }
    writer_put(out, "adtopo audit adtopo-*.ldf\n");
}

static void write_text(Writer *out, const GPtrArray *plans, const ConnectionOptions *options)
{
    g_autoptr(GPtrArray) notes = notes_of(plans);
    guint number = 0;

    if (plans->len == 0) {
        writer_put(out, "No search would be sent: only files are read.\n");
        return;
    }
    FOR_EACH(const SearchPlan, plan, plans)
        write_questions(out, plan, &number);
    FOR_EACH(const char, note, notes) {
        if (note != g_ptr_array_index(notes, 0))
            writer_put(out, "\n");
        writer_wrap(out, 0, 0, note);
    }
    writer_put(out, "\nWith ldapsearch, in a shell:\n\n");
    write_ldapsearch(out, plans, options);
    writer_put(out, "\nWith ldifde, in cmd.exe on Windows:\n\n");
    write_ldifde(out, plans);
}

bool searches_write(const GPtrArray *plans, const ConnectionOptions *options, const char *format,
                    const Style *style, Sink sink, void *closure, GError **error)
{
    bool json;
    Writer out;

    if (!format_is_json(format, &json, error))
        return false;
    writer_open(&out, style, sink, closure);
    if (json)
        document_write(&out, plans_value(plans, options));
    else
        write_text(&out, plans, options);
    return writer_close(&out, error);
}
