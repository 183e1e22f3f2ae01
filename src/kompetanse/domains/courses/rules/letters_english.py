"""The letters in English, by occasion, for those who have chosen it: municipalities write in bokmål or nynorsk."""

from __future__ import annotations

from kompetanse.domains.messages.types import Letter

TEXTS = {
    "seated": Letter(
        "You have a seat: %(title)s",
        "Hello, %(name)s.\n\nYou have got a seat on “%(title)s”.\n\nWhen: %(when)s\nWhere: %(place)s\n\n%(why)s\n\n"
        "Can you not come? Withdraw under “My courses”, and the next in line gets the seat.",
    ),
    "waiting": Letter(
        "You are on the waiting list: %(title)s",
        "Hello, %(name)s.\n\nYour sign-up for “%(title)s” is approved, and you are number %(number)s on the waiting "
        "list.\n\nWhen: %(when)s\nWhere: %(place)s\n\n%(why)s\n\n"
        "If a seat becomes free you get it automatically, and are told here. There is nothing you need to do.",
    ),
    "declined": Letter(
        "The sign-up was not approved: %(title)s",
        "Hello, %(name)s.\n\nYour sign-up for “%(title)s” (%(when)s) was not approved.\n\nReason: %(reason)s\n\n"
        "Talk to your leader if you have questions.",
    ),
    "cancelled": Letter(
        "The course is cancelled: %(title)s",
        "Hello, %(name)s.\n\nUnfortunately “%(title)s” (%(when)s, %(place)s) is cancelled.\n\nReason: %(reason)s\n\n"
        "You have been taken off and need do nothing. See “Courses” for whether there is a new one.",
    ),
    "to_approve": Letter(
        "A sign-up waits for you: %(title)s",
        "Hello, %(name)s.\n\n%(person)s has asked for a seat on “%(title)s” (%(when)s, %(place)s). "
        "The seat is given when you have approved.\n\nApprove or decline under “Sign-ups”.",
    ),
    "to_approve_without_leader": Letter(
        "A sign-up without a leader waits for you: %(title)s",
        "Hello, %(name)s.\n\n%(person)s has asked for a seat on “%(title)s” (%(when)s, %(place)s), but no leader can "
        "answer for %(unit)s. That is why you get this.\n\nApprove or decline under “Sign-ups”. "
        "Is there a leader, or somebody acting? Then the HR system should say so.",
    ),
    "nobody_to_approve": Letter(
        "Nobody can approve the sign-up yet: %(title)s",
        "Hello, %(name)s.\n\nYou have asked for a seat on “%(title)s” (%(when)s, %(place)s), but we found nobody who "
        "can approve: %(unit)s has no other leader, and neither HR, the contact person nor the course office is "
        "registered.\n\nTell your leader or HR, so that they can enter who answers. You keep your number in the line.",
    ),
    "changed": Letter(
        "New time or place: %(title)s",
        "Hello, %(name)s.\n\n“%(title)s” has been moved. This is what holds now:\n\nWhen: %(when)s\n"
        "Where: %(place)s\n\nYou still have your seat. Does it no longer suit you? Withdraw under “My courses”.",
    ),
    "withdrawn": Letter(
        "You are off the list: %(title)s",
        "Hello, %(name)s.\n\nYou have been taken off “%(title)s” (%(when)s), and the seat has been passed on. "
        "Was that not the intention? Sign up again under “Courses”.",
    ),
}
GROUNDS_EN = {
    "Kommunen din har bestilt plasser, og du fikk den neste av dem.": (
        "Your municipality has ordered seats, and you got the next of them."
    ),
    "Det var en ledig plass, og du var den første i køen som kunne få den.": (
        "There was a free seat, and you were the first in line who could have it."
    ),
    "Fristen er ute, og ubrukte plasser ble delt ut etter køen.": (
        "The deadline is past, and unused seats were given out by the line."
    ),
    "Alle plassene er tatt. Køen går etter når hver enkelt meldte seg på.": (
        "All seats are taken. The line goes by when each person signed up."
    ),
    "Plassene som er igjen, er bestilt av andre kommuner fram til fristen. "
    "De som ikke blir brukt, går til den første i køen dagen etter fristen.": (
        "The seats that are left are ordered by other municipalities until the deadline. "
        "Those not used go to the first in line the day after the deadline."
    ),
}
