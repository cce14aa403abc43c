/* source/network-cause.h: what is said of a host that cannot be reached, on this machine alone. */
#include "source/network-cause.h"
#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SECONDS = 5, MOST_WAITING = 64 };

typedef struct sockaddr_in Address;

/* A socket at a port of its own on 127.0.0.1, where nothing listens yet. */
static int take_port(Address *address)
{
    socklen_t size = sizeof *address;
    int taken = socket(AF_INET, SOCK_STREAM, 0);

    *address = (Address){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    ck_assert_int_eq(bind(taken, (struct sockaddr *)address, sizeof *address), 0);
    ck_assert_int_eq(getsockname(taken, (struct sockaddr *)address, &size), 0);
    return taken;
}

static const char *cause_of(const Address *address, unsigned seconds)
{
    return network_cause_at("127.0.0.1", ntohs(address->sin_port), seconds);
}

/* Connects until nobody is let in any more, as with a host that drops what it is sent. */
static guint fill_queue(const Address *address, int *waiting)
{
    for (guint i = 0; i < MOST_WAITING; i++) {
        struct timeval brief = {.tv_usec = 100000};

        waiting[i] = socket(AF_INET, SOCK_STREAM, 0);
        setsockopt(waiting[i], SOL_SOCKET, SO_SNDTIMEO, &brief, sizeof brief);
        if (connect(waiting[i], (const struct sockaddr *)address, sizeof *address) != 0)
            return i + 1;
    }
    ck_abort_msg("the queue of connections has no end");
    return 0;
}

START_TEST(a_port_where_nothing_listens_refuses)
{
    Address address;
    int taken = take_port(&address);

    ck_assert_ptr_eq(cause_of(&address, SECONDS), network_cause(ECONNREFUSED));
    close(taken);
}
END_TEST

START_TEST(a_port_that_answers_has_no_cause)
{
    Address address;
    int taken = take_port(&address);

    ck_assert_int_eq(listen(taken, 1), 0);
    ck_assert_ptr_null(cause_of(&address, SECONDS));
    close(taken);
}
END_TEST

START_TEST(a_host_that_says_nothing_is_waited_for_no_longer_than_allowed)
{
    Address address;
    int waiting[MOST_WAITING];
    int taken = take_port(&address);
    guint count;
    gint64 start;

    ck_assert_int_eq(listen(taken, 0), 0);
    count = fill_queue(&address, waiting);
    start = g_get_monotonic_time();
    ck_assert_ptr_eq(cause_of(&address, 1), network_cause(ETIMEDOUT));
    ck_assert_int_ge(g_get_monotonic_time() - start, G_USEC_PER_SEC * 9 / 10);
    while (count > 0)
        close(waiting[--count]);
    close(taken);
}
END_TEST

/* RFC 6761 section 6.4: nobody will ever be called that. */
START_TEST(a_name_that_nobody_has_is_told_of)
{
    const char *cause = network_cause_at("nobody.invalid", 389, SECONDS);

    ck_assert_ptr_nonnull(cause);
    ck_assert_ptr_nonnull(g_strrstr(cause, "host name is not known"));
}
END_TEST

START_TEST(each_reason_has_words_of_its_own)
{
    const int reasons[] = {0,     ECONNREFUSED, ENOENT,       EACCES,
                           EPERM, ETIMEDOUT,    EHOSTUNREACH, ENETUNREACH};

    for (guint i = 0; i < G_N_ELEMENTS(reasons); i++)
        for (guint k = 0; k < i; k++)
            ck_assert_str_ne(network_cause(reasons[i]), network_cause(reasons[k]));
    ck_assert_ptr_eq(network_cause(EIO), network_cause(0));
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("network-cause");
    TCase *tests = tcase_create("network-cause");

    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_port_where_nothing_listens_refuses);
    tcase_add_test(tests, a_port_that_answers_has_no_cause);
    tcase_add_test(tests, a_host_that_says_nothing_is_waited_for_no_longer_than_allowed);
    tcase_add_test(tests, a_name_that_nobody_has_is_told_of);
    tcase_add_test(tests, each_reason_has_words_of_its_own);
    suite_add_tcase(suite, tests);
    return suite;
}
