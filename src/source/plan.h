#ifndef ADTOPO_SOURCE_PLAN_H
#define ADTOPO_SOURCE_PLAN_H

#include "directory/vocabulary.h"

#include <glib.h>
#include <stdbool.h>

/*
 * What a server is asked for: the classes and attributes that the vocabulary marks, nothing else.
 * Every search that is sent is one of the questions below, so that what is announced beforehand and
 * what is sent are the same. `objectClass` is indexed in Active Directory (MS-ADA3 section 2.36,
 * searchFlags), so the question costs a domain controller no walk through the whole partition.
 */

/* The filter of a question for one entry. */
#define PLAN_ANY "(objectClass=*)"

/* Active Directory's MaxPageSize: larger pages are not given. */
enum { PLAN_PAGE = 1000 };

/* The kinds of questions, in the order in which they are first asked. */
typedef enum QuestionKind {
    QUESTION_ROOTDSE,       /* what the server holds and can do */
    QUESTION_PROBE,         /* whether CN=Configuration is there, where the rootDSE does not say */
    QUESTION_CONFIGURATION, /* the objects of the configuration partition */
    QUESTION_SCHEMA,        /* the head of the schema partition */
    QUESTION_MARKER,        /* Exchange's mark in it */
    QUESTION_DATABASE,      /* whose copy of the directory was read */
    QUESTION_CHANGES,       /* what changed while it was read */
    QUESTION_COUNT,
    QUESTION_DOMAIN = QUESTION_COUNT /* about a domain partition: see domain-plan.h */
} QuestionKind;

typedef struct Question {
    QuestionKind kind;
    const char *purpose; /* what the answer is for */
    const char *when;    /* the condition on which it is asked; NULL: always */
    char *base;
    char *filter;
    char **attributes; /* NULL-terminated; the names belong to the vocabulary, or are static */
    bool subtree;      /* the base and all below it, by pages; otherwise the base alone */
    bool content;      /* the answer is what is judged: an audit of a file needs it, too */
} Question;

/* The question of that kind; `base` is the entry or the head of the subtree it is about, for
 * QUESTION_MARKER the schema partition, for QUESTION_CHANGES the base that was read. The caller
 * frees it. */
Question *plan_question(QuestionKind kind, const char *base);
void question_free(Question *question);

/* All that one server is asked. */
typedef struct SearchPlan {
    char *uri;    /* the server that answered; NULL: none was asked */
    char *domain; /* the domain partition that it names as its own, one of those that "each domain"
                     stands for; or NULL */
    const char
        *mechanism;       /* SASL, where the options name none; NULL: an anonymous or simple bind */
    bool paged;           /* it pages results (control 1.2.840.113556.1.4.319) */
    bool domain_scope;    /* it can leave out referrals (control …1339) */
    GPtrArray *questions; /* of Question */
} SearchPlan;

/* A plan without questions. `uri` is copied and may be NULL. */
SearchPlan *search_plan_new(const char *uri);
void search_plan_free(SearchPlan *plan);

/* Adds a question; a `base` of NULL becomes the rootDSE's attribute that holds it, in angle
 * brackets. */
void search_plan_add(SearchPlan *plan, QuestionKind kind, const char *base);

/* What a domain controller would be asked that nobody asked anything. `base` is where to read, or
 * NULL: then the partitions appear as in search_plan_add(). */
SearchPlan *search_plan_offline(const char *base);

/* When questions about changes are asked, and what stands for the number in them beforehand. */
extern const char plan_when_changed[];
extern const char plan_unknown_number[];

/* Makes a question one for what changed from the update sequence number `least` on. */
void question_narrow(Question *question, const char *least);

/* QUESTION_CHANGES, for what changed from the update sequence number `least` on. */
Question *plan_changes(const char *base, const char *least);

/*
 * The search filter for all objects of a partition that are decoded or needed as containers: a
 * disjunction of objectClass terms. A class that derives from another one in the list is left out,
 * because its objects bear the other class, too (MS-ADTS section 3.1.1.2.4.3). The caller frees it.
 */
char *plan_filter(Partition partition);

/* The names of all attributes to read, NULL-terminated. The caller frees the array with g_free();
 * the names belong to the vocabulary. */
char **plan_attributes(void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Question, question_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SearchPlan, search_plan_free)

#endif
