/* base/crew.h and source/pipeline.h where no further thread is to be had: the caller's does all. */
#include "base/crew.h"
#include "scratch.h"
#include "source/source.h"
#include "unit.h"

#include <errno.h>
#include <pthread.h>

/* In place of the C library's, for this program and the libraries it uses. */
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                   void *closure)
{
    (void)thread;
    (void)attributes;
    (void)start;
    (void)closure;
    return EAGAIN;
}

enum { PIECES = 100, OBJECTS = 20000 };

static void count_piece(guint piece, gpointer closure)
{
    guint *done = closure;

    done[piece]++;
}

START_TEST(a_crew_of_one_does_every_piece_once)
{
    guint done[PIECES] = {0};

    crew_run(PIECES, CREW_MOST, count_piece, done);
    for (guint i = 0; i < PIECES; i++)
        ck_assert_uint_eq(done[i], 1);
}
END_TEST

START_TEST(a_large_file_is_read)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(Directory) directory = directory_new();
    char *path;

    for (guint i = 0; i < OBJECTS; i++)
        g_string_append_printf(text, "dn: CN=%u,CN=Sites,DC=contoso,DC=test\nobjectClass: site\n\n",
                               i);
    path = scratch_file(text->str, text->len);
    ck_assert(file_source_read(directory, path, NULL, NULL, NULL));
    scratch_free(path);
    directory_seal(directory);
    ck_assert_uint_eq(directory_of_class(directory, CLASS_site)->len, OBJECTS);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("threads");
    TCase *tests = tcase_create("threads");

    tcase_add_test(tests, a_crew_of_one_does_every_piece_once);
    tcase_add_test(tests, a_large_file_is_read);
    suite_add_tcase(suite, tests);
    return suite;
}
