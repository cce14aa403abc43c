no-exchange.ldif: info: No Exchange organisation was found: there is nothing to judge but the sites [ORG004]
