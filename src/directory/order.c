/*
 * Sorting entries. Comparing two names means climbing both to the root, and an export has them in
 * no particular order but with siblings near each other and often in order already. So the
 * entries are hung below their parents, each set of siblings is sorted by itself, and the tree is
 * walked.
 */
#include "directory/order.h"

#include "base/fold.h"

#include <string.h>

enum { KEY_BYTES = 16 };

/* A name on the way from the root to an entry, with or without an entry of its own. */
typedef struct Node {
    const Dn *dn;
    struct Node *first; /* children, newest first while the tree grows */
    struct Node *sibling;
    unsigned char key[KEY_BYTES]; /* the folded name's beginning: decides most comparisons */
} Node;

typedef struct Tree {
    Arena *arena;
    GHashTable *inner; /* Dn → Node: names that something hangs below */
    GPtrArray *siblings;
    GString *folded;
    Node root;
} Tree;

static void hang(Node *parent, Node *child)
{
    child->sibling = parent->first;
    parent->first = child;
}

static Node *node_new(Tree *tree, const Dn *dn)
{
    Node *node = arena_new_of(tree->arena, Node);

    node->dn = dn;
    g_string_truncate(tree->folded, 0);
    fold_append(tree->folded, dn->value, strlen(dn->value));
    memcpy(node->key, tree->folded->str, MIN(tree->folded->len, (gsize)KEY_BYTES));
    return node;
}

/* The node of a name that has children, made with those of its ancestors. */
static Node *inner_node(Tree *tree, const Dn *dn)
{
    Node *node;

    if (dn->parent == NULL)
        return &tree->root;
    node = g_hash_table_lookup(tree->inner, dn);
    if (node == NULL) {
        node = node_new(tree, dn);
        g_hash_table_insert(tree->inner, (gpointer)(uintptr_t)dn, node);
        hang(inner_node(tree, dn->parent), node);
    }
    return node;
}

static gint compare_siblings(gconstpointer a, gconstpointer b)
{
    const Node *left = *(const Node *const *)a;
    const Node *right = *(const Node *const *)b;
    int order = memcmp(left->key, right->key, KEY_BYTES);

    return order != 0 ? order : dn_compare(left->dn, right->dn);
}

static bool in_order(const GPtrArray *nodes)
{
    for (guint i = 1; i < nodes->len; i++)
        if (compare_siblings(&nodes->pdata[i - 1], &nodes->pdata[i]) > 0)
            return false;
    return true;
}

/* Turns the list of children, newest first, into one in order. */
static void sort_children(Tree *tree, Node *parent)
{
    GPtrArray *nodes = tree->siblings;

    g_ptr_array_set_size(nodes, 0);
    for (Node *child = parent->first; child != NULL; child = child->sibling)
        g_ptr_array_add(nodes, child);
    for (guint i = 0, j = nodes->len; i + 1 < j; i++) {
        gpointer swapped = nodes->pdata[--j];

        nodes->pdata[j] = nodes->pdata[i];
        nodes->pdata[i] = swapped;
    }
    if (!in_order(nodes))
        g_ptr_array_sort(nodes, compare_siblings);
    parent->first = NULL;
    for (guint i = nodes->len; i-- > 0;)
        hang(parent, nodes->pdata[i]);
}

/* A parent before its children. Names are at most DN_MAX_DEPTH deep, and so is the recursion. */
static void walk(Tree *tree, Node *parent, GPtrArray *out)
{
    sort_children(tree, parent);
    for (Node *child = parent->first; child != NULL; child = child->sibling) {
        if (child->dn->entry != NULL)
            g_ptr_array_add(out, child->dn->entry);
        if (child->first != NULL)
            walk(tree, child, out);
    }
}

GPtrArray *entries_sorted(const GPtrArray *entries)
{
    GPtrArray *sorted = g_ptr_array_sized_new(entries->len);
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GHashTable) inner = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) siblings = g_ptr_array_new();
    g_autoptr(GString) folded = g_string_new(NULL);
    Tree tree = {.arena = arena, .inner = inner, .siblings = siblings, .folded = folded};

    for (guint i = 0; i < entries->len; i++)
        inner_node(&tree, ((const Entry *)entries->pdata[i])->dn->parent);
    for (guint i = 0; i < entries->len; i++) {
        const Dn *dn = ((const Entry *)entries->pdata[i])->dn;

        if (g_hash_table_lookup(inner, dn) == NULL)
            hang(inner_node(&tree, dn->parent), node_new(&tree, dn));
    }
    walk(&tree, &tree.root, sorted);
    return sorted;
}
