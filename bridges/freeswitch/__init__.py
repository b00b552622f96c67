"""FreeSWITCH: calls by its event socket, rooms by mod_conference, our sound by SIP."""
