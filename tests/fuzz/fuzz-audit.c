/*
 * The whole way through the public interface: any bytes as a source, as changes and, when they make
 * a forest, as an audit in every format.
 */
#include "adtopo/adtopo.h"
#include "fuzz.h"

static bool swallow(const char *bytes, size_t length, void *closure)
{
    size_t *sum = closure;

    for (size_t i = 0; i < length; i++)
        *sum += (unsigned char)bytes[i];
    return true;
}

static void audit(const adtopo_forest *forest)
{
    static const char *const formats[] = {"text", "json", "gnu"};
    adtopo_error error;
    size_t sum = 0;
    adtopo_audit *findings = adtopo_audit_run(forest, NULL, &error);

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        adtopo_audit_write(findings, formats[i], NULL, swallow, &sum, &error);
    adtopo_audit_free(findings);
}

static void show(const adtopo_forest *forest)
{
    adtopo_error error;
    const char *about;
    const char *topic;
    size_t sum = 0;

    for (size_t i = 0; (topic = adtopo_show_topic(i, &about)) != NULL; i++) {
        adtopo_show(forest, topic, "text", NULL, swallow, &sum, &error);
        adtopo_show(forest, topic, "json", NULL, swallow, &sum, &error);
    }
}

static void read_and_judge(const char *path, bool twice)
{
    adtopo_reader *reader = adtopo_reader_new();
    adtopo_error error;
    adtopo_forest *forest;

    adtopo_reader_add(reader, path);
    if (twice)
        adtopo_reader_apply(reader, path);
    forest = adtopo_reader_run(reader, &error);
    if (forest != NULL) {
        audit(forest);
        show(forest);
    }
    adtopo_forest_free(forest);
    adtopo_reader_free(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *path = fuzz_file(data, size);

    read_and_judge(path, false);
    read_and_judge(path, true);
    fuzz_file_free(path);
    return 0;
}
