"""Tickets of the clients who write in English."""

from __future__ import annotations

from okno.tickets.seed.story import Story, answer, assign, client, note, rated, secret, status, watch

STORIES = [
    Story(
        0.05,
        "emily",
        "Card terminal on the second till says OFFLINE",
        "Hello,\n\nsince we opened this morning the card terminal on till 2 shows OFFLINE and people have to queue "
        "at till 1. I have switched it off and on twice. Could somebody look at it before the lunch crowd?\n\n"
        "Emily Hart\nHarbour Books",
        type="incident",
        priority="high",
        files=("terminal-screen.png",),
    ),
    Story(
        0.3,
        "jan",
        "Two new colleagues from Monday",
        "Hi,\n\non Monday two people join us: Lena Brandt (accounting) and Oskar Weiss (sales). Both need a mail "
        "address, the shared drive of their department and a laptop like the last ones.\n\nThanks\nJan",
        steps=(
            secret(0.1, "jan", "User administration, account admin", "not-a-real-password-41"),
            assign(1.0, "taras", agent="taras", team="first_line"),
            answer(
                1.2,
                "taras",
                "Hello Jan,\n\nthe accounts will be ready on Friday afternoon. We have one laptop of the last "
                "series on the shelf; the second one would come in two weeks, or we can give Oskar the newer "
                "model on Monday for 90 EUR more. Which do you prefer?",
                status="waiting",
            ),
            client(4.6, "jan", "The newer model for Oskar is fine. Please put it on the same invoice."),
        ),
    ),
    Story(
        1.4,
        "tom",
        "Stock list prints half of every page",
        "Since the update last night the stock list comes out of the office printer cut off at the right side. "
        "The receipt printers are fine.",
        type="incident",
        files=("stock-list.pdf",),
        steps=(
            assign(0.5, "olena", agent="marek", team="second_line"),
            note(
                1.1,
                "marek",
                "The update set the paper to US Letter for every queue of the old driver. Same as at Nordwind in "
                "spring: change the queue to A4 and lock it.",
            ),
            answer(
                1.3,
                "marek",
                "Hello Tom,\n\nlast night's update changed the paper size of this printer. I have set it back to "
                "A4. Could you print one page of the list and tell me whether the right column is there?",
                status="waiting",
            ),
            client(3.0, "tom", "All columns are there again, thank you!"),
            status(3.4, "marek", "resolved"),
            rated(21.0, "tom", 2, "It prints whole pages again, but the update should have been tried first."),
        ),
    ),
    Story(
        2.2,
        "jan",
        "VPN drops every day at about four",
        "Three of us work from home and all three lose the VPN between 15:55 and 16:05, every day this week. "
        "It comes back by itself after some minutes, but calls are cut.",
        type="incident",
        channel="portal",
        priority="high",
        steps=(
            assign(0.4, "taras", team="second_line"),
            watch(0.5, "olena"),
            answer(
                0.8,
                "taras",
                "Hello Jan,\n\nthank you, the times help a lot. We look at what the firewall does at four o'clock "
                "and write to you today.",
            ),
            assign(1.0, "marek", agent="marek", team="second_line"),
            note(
                5.2,
                "marek",
                "At 16:00 the firewall fetches its block lists and reloads all rules, which ends open tunnels. "
                "The vendor has a mended firmware; installing it needs ten minutes without internet.",
                "firewall.log",
            ),
            answer(
                5.6,
                "marek",
                "Hello Jan,\n\nfound: the firewall reloads its rules at 16:00 and ends the tunnels. We have moved "
                "this to 04:00, so you should be undisturbed from today on. The real cure is a new firmware, for "
                "which we need ten minutes without internet. Would Thursday at 19:00 suit you?",
                status="waiting",
            ),
        ),
    ),
    Story(
        6.1,
        "emily",
        "Can the newsletter leave from our own address?",
        "Our newsletter arrives from a strange address and customers think it is spam. Can it come from "
        "hello@harbourbooks.example?",
        type="question",
        priority="low",
        steps=(
            assign(2.0, "taras", agent="taras"),
            answer(
                2.5,
                "taras",
                "Hello Emily,\n\nyes. The sending service has to be entered in the settings of your domain (SPF and "
                "DKIM). We can do that for you; it takes half an hour and works from the next day on. Shall we?",
                status="waiting",
            ),
            client(20.0, "emily", "Yes please, go ahead."),
            answer(
                27.0,
                "taras",
                "Done. Newsletters from Wednesday on leave from hello@harbourbooks.example and carry your "
                "signature. The test letter reached three large providers without a complaint.",
                status="resolved",
            ),
            client(49.0, "emily", "It works. We already have more replies than last month. Thank you, Taras!"),
            status(52.0, "taras", "resolved"),
            rated(55.0, "emily", 3, "Thank you for not giving up after the first try."),
        ),
    ),
    Story(
        9.0,
        "tom",
        "Scanner for the stockroom",
        "We would like a second barcode scanner for the stockroom, wireless, the same as at the till. What would "
        "it cost and how long does it take?",
        priority="low",
        steps=(
            assign(3.0, "olena", agent="olena"),
            answer(
                3.5,
                "olena",
                "Hello Tom,\n\nthe same model costs 189 EUR, and we have it in stock. Pairing and a short "
                "introduction are part of your contract. Marek could bring it on Tuesday.",
                status="waiting",
            ),
            client(5.0, "tom", "Tuesday is good, before ten if possible."),
            assign(6.0, "olena", agent="marek"),
            answer(
                98.0, "marek", "Installed and paired; the spare battery is in the left drawer.", status="closed"
            ),
        ),
    ),
    Story(
        0.9,
        "stranger",
        "Quotation for looking after 12 computers",
        "Good afternoon,\n\nwe are a small architects' office with 12 computers and a server. A neighbour (Harbour "
        "Books) recommended you. What do you charge per month, and what is included?\n\nKind regards\nRuth Adler",
        type="question",
    ),
    Story(
        4.5,
        "olena",
        "Renew the certificate of the monitoring server",
        "The certificate ends on the last day of the month. Renew it, and this time write down how.",
        type="task",
        channel="desk",
        steps=(
            assign(0.1, "olena", agent="marek", team="second_line"),
            note(26.0, "marek", "Renewal is automatic now. What to check is written on the page of the server."),
        ),
    ),
    Story(
        0.018,
        "emily",
        "Please call back about the new till",
        "We would like to add a third till before Christmas. Reachable until six, the shop number is best.",
        type="call-back",
        channel="web_form",
    ),
]
