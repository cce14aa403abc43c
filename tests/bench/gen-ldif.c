/*
 * gen-ldif servers|members COUNT
 *
 * Prints server records for the benchmark, to be read behind fixtures/coexistence-healthy.ldif: two
 * thirds of the servers are of 2007, one third of 2003, spread over that organisation's groups and
 * sites. Each record has what an export of a real one has in bulk (a security descriptor, a GUID,
 * folded names), about 1,900 bytes in all. The members are the lines that the routing group of the
 * 2003 servers needs to list them. The same number gives the same bytes.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ORGANISATION \
    "CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=test"
#define LEGACY_GROUP "First Administrative Group"
#define GROUP "Exchange Administrative Group (FYDIBOHF23SPDLT)"
#define ROUTING_GROUP "Exchange Routing Group (DWBGZMFD01QNBJR)"
#define GROUP_DN(name) "CN=" name ",CN=Administrative Groups," ORGANISATION
#define ROUTING_GROUP_DN(name, group) "CN=" name ",CN=Routing Groups," GROUP_DN(group)

enum { WIDTH = 76, DESCRIPTOR = 360, GUID = 16, VALUE = 1024, LINE = VALUE + 64 };

/* xorshift: any fixed sequence of bytes will do. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void put_folded(const char *text)
{
    size_t length = strlen(text);
    size_t room = WIDTH;

    while (length > room) {
        fwrite(text, 1, room, stdout);
        fputs("\n ", stdout);
        text += room;
        length -= room;
        room = WIDTH - 1;
    }
    fwrite(text, 1, length, stdout);
    putchar('\n');
}

static void put(const char *attribute, const char *value)
{
    char line[LINE];

    snprintf(line, sizeof line, "%s: %s", attribute, value);
    put_folded(line);
}

static void put_base64(const char *attribute, size_t count, uint64_t *state)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char line[LINE];
    size_t length = (size_t)snprintf(line, sizeof line, "%s:: ", attribute);
    size_t whole = count / 3 * 4;

    for (size_t i = 0; i < whole; i++)
        line[length++] = digits[next_random(state) % 64];
    if (count % 3 == 1) {
        memcpy(line + length, "AA==", 4);
        length += 4;
    }
    line[length] = '\0';
    put_folded(line);
}

static void put_addresses(const char *name)
{
    static const char *const transports[] = {"ncacn_vns_spp", "netbios", "ncacn_np", "ncacn_spx"};
    char value[128];

    for (size_t i = 0; i < sizeof transports / sizeof *transports; i++) {
        snprintf(value, sizeof value, "%s:%s", transports[i], name);
        put("networkAddress", value);
    }
    snprintf(value, sizeof value, "ncacn_ip_tcp:%s.contoso.test", name);
    put("networkAddress", value);
}

static void put_head(const char *name, const char *group, unsigned number, uint64_t *state)
{
    char value[VALUE];

    snprintf(value, sizeof value, "CN=%s,CN=Servers,CN=%s,CN=Administrative Groups," ORGANISATION,
             name, group);
    put("dn", value);
    put("objectClass", "top");
    put("objectClass", "server");
    put("objectClass", "msExchExchangeServer");
    put("cn", name);
    put("distinguishedName", value);
    put("instanceType", "4");
    put("whenCreated", "20080617082257.0Z");
    put("whenChanged", "20090114101500.0Z");
    snprintf(value, sizeof value, "%u", 20000 + number);
    put("uSNCreated", value);
    put("uSNChanged", value);
    put_base64("nTSecurityDescriptor", DESCRIPTOR, state);
    put("name", name);
    put_base64("objectGUID", GUID, state);
    put_addresses(name);
    snprintf(value, sizeof value, "/o=Contoso/ou=%s/cn=Configuration/cn=Servers/cn=%s", group,
             name);
    put("legacyExchangeDN", value);
    put("objectCategory", "CN=ms-Exch-Exchange-Server,CN=Schema,CN=Configuration,DC=contoso,"
                          "DC=test");
}

static void put_2007(unsigned number, uint64_t *state)
{
    char name[32];

    snprintf(name, sizeof name, "EX07-%06u", number);
    put_head(name, GROUP, number, state);
    put("serialNumber", "Version 8.3 (Build 30083.6)");
    put("versionNumber", "1912832083");
    put("msExchHomeRoutingGroup", ROUTING_GROUP_DN(ROUTING_GROUP, GROUP));
    put("msExchVersion", "4535486012416");
    put("msExchCurrentServerRoles", "4");
    put("msExchServerSite", number % 2 == 0
                                ? "CN=Seattle,CN=Sites,CN=Configuration,DC=contoso,DC=test"
                                : "CN=Munich,CN=Sites,CN=Configuration,DC=contoso,DC=test");
    putchar('\n');
}

static void put_2003(unsigned number, uint64_t *state)
{
    char name[32];

    snprintf(name, sizeof name, "EX03-%06u", number);
    put_head(name, LEGACY_GROUP, number, state);
    put("serialNumber", "Version 6.5 (Build 7638.2: Service Pack 2)");
    put("versionNumber", "7638");
    put("msExchHomeRoutingGroup", ROUTING_GROUP_DN("Munich", LEGACY_GROUP));
    put("msExchServerRole", "0");
    put("serverRole", "0");
    put("messageTrackingEnabled", "TRUE");
    put("heuristics", "0");
    putchar('\n');
}

static void put_member(unsigned number)
{
    char value[VALUE];

    snprintf(value, sizeof value, "CN=EX03-%06u,CN=Servers," GROUP_DN(LEGACY_GROUP), number);
    put("msExchRoutingGroupMembersDN", value);
}

int main(int argc, char **argv)
{
    bool members = argc > 1 && strcmp(argv[1], "members") == 0;
    unsigned count = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 0;
    uint64_t state = 88172645463325252u;

    for (unsigned number = 1; number <= count; number++) {
        if (number % 3 != 0 && !members)
            put_2007(number, &state);
        else if (number % 3 == 0 && members)
            put_member(number);
        else if (number % 3 == 0)
            put_2003(number, &state);
    }
    return ferror(stdout) != 0;
}
