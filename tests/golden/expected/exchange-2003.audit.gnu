exchange-2003.ldif:650: info: There are 2 administrative groups of 2000/2003: Germany and Headquarters; what is delegated on them does not carry over to Exchange 2007 [AG008]
exchange-2003.ldif:567: info: Organisation "Contoso": 7 servers: 7 of 2003 SP2, 3 routing groups, 3 sites; 2000/2003 only [ORG006]
