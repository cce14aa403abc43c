coexistence-healthy.ldif:1825: info: All mail between 1 routing group of Exchange 2000/2003 and the hubs of 2 sites passes "Interop to Munich" and "Interop to 2007", by EX07-MUC1 and EX07-MUC2 [LINK004]
coexistence-healthy.ldif:469: info: Organisation "Contoso": 7 servers: 3 of 2003 SP2, 4 of 2007 SP3, 2 routing groups, 2 sites; coexistence of 2000/2003 with 2007 or later [ORG006]
coexistence-healthy.ldif:1906: info: All mail to the Internet leaves from servers of Exchange 2007 or later (Internet); users on Exchange 2003 or older reach it over the routing group connectors [SEND002]
coexistence-healthy.ldif:1486: info: The Hub Transport servers of 2 sites (Munich and Seattle) hand mail to each other over implicit connectors [SITE017]
