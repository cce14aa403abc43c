umlaut-utf16.ldf:625: info: Organisation "Müller & Söhne": 4 servers: 2 of 2003 SP2, 2 of 2007 SP3, 2 routing groups, 2 sites; coexistence of 2000/2003 with 2007 or later [ORG006]
umlaut-utf16.ldf:2032: info: All mail to the Internet leaves from servers of Exchange 2007 or later (Weite Welt); users on Exchange 2003 or older reach it over the routing group connectors [SEND002]
