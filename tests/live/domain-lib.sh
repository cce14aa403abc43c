# shellcheck shell=sh disable=SC2154
# What a domain partition of the organisation in coexistence-healthy.ldif holds, as records of
# content. Sourced after tests/lib.sh.
#
#     domain_frame DC=contoso,DC=test contoso        what a domain controller makes by itself
#     domain_exchange DC=contoso,DC=test             what Exchange adds, and who was made since

# record NAME LINE...
record() {
    printf '%s\n' "dn: $1" 'objectClass: top'
    shift
    printf '%s\n' "$@" ''
}

# computer NAME PLACE [LINE...]: an account of a computer in the domain of $domain_suffix.
computer() {
    computer_name=$1
    computer_place=$2
    shift 2
    record "CN=$computer_name,$computer_place" 'objectClass: person' \
        'objectClass: organizationalPerson' 'objectClass: user' 'objectClass: computer' \
        "cn: $computer_name" "sAMAccountName: $computer_name\$" \
        "dNSHostName: $computer_name.$domain_suffix" "$@"
}

# group NAME PLACE [LINE...]: a universal security group.
group() {
    group_name=$1
    group_place=$2
    shift 2
    record "CN=$group_name,$group_place" 'objectClass: group' "cn: $group_name" \
        "sAMAccountName: $group_name" 'groupType: -2147483640' "$@"
}

# user NAME PLACE [LINE...]
user() {
    user_name=$1
    user_place=$2
    shift 2
    record "CN=$user_name,$user_place" 'objectClass: person' 'objectClass: organizationalPerson' \
        'objectClass: user' "cn: $user_name" "sAMAccountName: $user_name" "$@"
}

# domain_frame HEAD NAME: the head, the containers that rules know by name, and another that every
# domain has, by which a file shows that containers were not picked.
domain_frame() {
    record "$1" 'objectClass: domain' 'objectClass: domainDNS' "dc: $2" 'nTMixedDomain: 0'
    record "CN=Users,$1" 'objectClass: container' 'cn: Users'
    record "CN=Computers,$1" 'objectClass: container' 'cn: Computers'
    record "CN=System,$1" 'objectClass: container' 'cn: System'
    record "OU=Domain Controllers,$1" 'objectClass: organizationalUnit' 'ou: Domain Controllers'
}

domain_controllers() {
    domain_suffix=contoso.test
    for controller in SEA-DC1 SEA-DC2 MUC-DC1 MUC-DC2; do
        computer $controller "OU=Domain Controllers,$1" 'operatingSystemVersion: 5.2 (3790)' \
            'operatingSystemServicePack: Service Pack 2'
    done
}

# domain_exchange HEAD: all groups and accounts are there but one: EX03-FE1 has no account.
domain_exchange() {
    domain_suffix=contoso.test
    unit="OU=Microsoft Exchange Security Groups,$1"
    servers="CN=Servers,CN=First Administrative Group,CN=Administrative Groups"
    store="CN=Mailbox Store (EX03-MUC1),CN=First Storage Group,CN=InformationStore,CN=EX03-MUC1"
    store="$store,$servers,CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration"
    for server in EX03-MUC1 EX03-MUC2 EX07-SEA1 EX07-SEA2 EX07-MUC1 EX07-MUC2; do
        computer $server "CN=Computers,$1"
    done
    record "CN=Microsoft Exchange System Objects,$1" 'objectClass: container' \
        'objectClass: msExchSystemObjectsContainer' 'cn: Microsoft Exchange System Objects' \
        'objectVersion: 11221'
    record "$unit" 'objectClass: organizationalUnit' 'ou: Microsoft Exchange Security Groups'
    for group in 'Exchange Servers' 'Exchange Organization Administrators' \
        'Exchange Recipient Administrators' 'Exchange View-Only Administrators' \
        'Exchange Public Folder Administrators'; do
        group "$group" "$unit"
    done
    group 'Exchange Domain Servers' "CN=Users,$1"
    group 'Exchange Enterprise Servers' "CN=Users,$1"
    group Bridgeheads "CN=Users,$1" "member: CN=EX03-MUC1,CN=Computers,$1" \
        "member: CN=EX03-MUC2,CN=Computers,$1"
    group ExchangeLegacyInterop "$unit" "member: CN=Bridgeheads,CN=Users,$1"
    record "OU=Staff,$1" 'objectClass: organizationalUnit' 'ou: Staff'
    record "OU=Sales,OU=Staff,$1" 'objectClass: organizationalUnit' 'ou: Sales'
    user alice "OU=Sales,OU=Staff,$1" "homeMDB: $store,$1" 'msExchUMEnabledFlags: 1'
    user bob "OU=Sales,OU=Staff,$1"
    group Everybody "OU=Sales,OU=Staff,$1" 'msExchExpansionServerName: /o=Contoso/ou=Gone/cn=GONE'
}
