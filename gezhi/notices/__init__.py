"""Notices (消息通知): what people are told in the app, and the texts that reporters get by an outside gateway.

Clauses: requirement R22 (everybody concerned hears; 事事有回音), R25 (personal data can be erased).

Main rules
    rules/sending.py           states of a message, pauses between two attempts, when it is given up
    rules/keeping.py           how long notices and phone numbers are kept
    gateways/                  the interface of an SMS gateway; a file for trying out, HTTP for real

A notice is one row for one reader; a message is one text to one phone. Both have a key: telling twice adds nothing.
A worker claims one message, sends it outside of any transaction and marks it. A kill between sending and marking sends
that one message a second time and no more; the gateway gets the same id both times, so that it can drop the second.

Phone numbers stand in `notices_message` and nowhere else in this capability; logs show them masked.

Not here: who is told what about a case (`cases/rules/telling/`).
"""
