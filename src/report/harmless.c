/* Names and words that every organisation has. */
#include "report/harmless.h"

#include "directory/container.h"
#include "directory/vocabulary.h"
#include "model/topology.h"

#include <string.h>

/* Beside the containers of directory/container.h. */
static const char *const names[] = {
    "Accepted Domains",
    "Addressing",
    "Client Access",
    "Default Web Site",
    "Deleted Objects",
    "Domain Controllers",
    "ELC Folders Container",
    "Enterprise Configuration",
    "Enterprise Schema",
    "Exadmin",
    "Exchange",
    "Exchange Administrative Group (FYDIBOHF23SPDLT)",
    "Exchange Domain Servers",
    "Exchange Enterprise Servers",
    "Exchange Organization Administrators",
    "Exchange Public Folder Administrators",
    "Exchange Recipient Administrators",
    "Exchange Routing Group (DWBGZMFD01QNBJR)",
    "Exchange Servers",
    "Exchange View-Only Administrators",
    "ExchangeLegacyInterop",
    "Group",
    "HTTP",
    "IMAP4",
    "Internet Message Formats",
    "LostAndFoundConfig",
    "Message Delivery",
    "Microsoft Exchange Security Groups",
    "Microsoft Exchange System Objects",
    "Microsoft MTA",
    "Microsoft-Server-ActiveSync",
    "NNTP",
    "NTDS Settings",
    "NTDS Site Settings",
    "OMA",
    "POP3",
    "Public",
    "Public Key Services",
    "System Policies",
    "SystemMailbox",
    "UM AutoAttendant Container",
    "Windows NT",
    "X400",
    "ms-Exch-Schema-Version-Pt",
    "owa",
};

static const char *const words[] = {
    "a",
    "ActiveSync",
    "asmx",
    "autodiscover",
    "b",
    "c",
    "ccmail",
    "cn",
    "cost",
    "dc",
    "ecp",
    "ews",
    "exchange",
    "g",
    "gwise",
    "http",
    "https",
    "i",
    "IIS",
    "ldap",
    "local",
    "lsa",
    "mapi",
    "Microsoft-Server-ActiveSync",
    "ms",
    "ncacn_ip_tcp",
    "ncacn_np",
    "ncacn_spx",
    "ncacn_vns_spp",
    "ncadg_ipx",
    "ncalrpc",
    "netbios",
    "notes",
    "o",
    "oab",
    "ou",
    "ou1",
    "ou2",
    "ou3",
    "ou4",
    "owa",
    "p",
    "q",
    "root",
    "rpc",
    "s",
    "smtp",
    "W3SVC",
    "x400",
    "x500",
};

static const char *const terms[] = {
    "-and",
    "-bnot",
    "-eq",
    "-like",
    "-ne",
    "-not",
    "-or",
    "Alias",
    "and",
    "eq",
    "false",
    "like",
    "mailNickname",
    "memberOfGroup",
    "ne",
    "not",
    "null",
    "objectCategory",
    "or",
    "person",
    "proxyAddresses",
    "RecipientType",
    "RecipientTypeDetails",
    "true",
    "UserMailbox",
};

static const char *const marks[] = {ADMIN_GROUP_TOKEN, ROUTING_GROUP_TOKEN, "Exchange Back End"};

static bool equals(const char *text, gsize length, const char *word)
{
    return strlen(word) == length && g_ascii_strncasecmp(text, word, length) == 0;
}

static bool is_among(const char *text, gsize length, const char *const *list, gsize count)
{
    for (gsize i = 0; i < count; i++)
        if (equals(text, length, list[i]))
            return true;
    return false;
}

static bool is_name(const char *text, gsize length)
{
    g_autofree char *copy = g_strndup(text, length);

    return container_is_known(copy) || is_among(text, length, names, G_N_ELEMENTS(names));
}

gsize harmless_name(const char *text, gsize length)
{
    gsize front = length;
    const char *bracket;

    if (is_name(text, length))
        return length;
    while (front > 0 && g_ascii_isdigit(text[front - 1]))
        front--;
    if (front > 0 && front < length && is_name(text, front))
        return front;
    bracket = g_strstr_len(text, (gssize)length, " (");
    front = bracket != NULL ? (gsize)(bracket - text) : 0;
    return front > 0 && text[length - 1] == ')' && is_name(text, front) ? front : 0;
}

bool harmless_word(const char *text, gsize length)
{
    return is_among(text, length, words, G_N_ELEMENTS(words));
}

bool harmless_term(const char *text, gsize length)
{
    return is_among(text, length, terms, G_N_ELEMENTS(terms)) ||
           attribute_lookup(text, length) != ATTR_NONE || class_lookup(text, length) != CLASS_NONE;
}

const char *harmless_mark(const char *text, gsize length)
{
    g_autofree char *upper = g_ascii_strup(text, (gssize)length);

    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
        g_autofree char *mark = g_ascii_strup(marks[i], -1);

        if (strstr(upper, mark) != NULL)
            return marks[i];
    }
    return NULL;
}
