"""The list of requests that a client's person sees: what is asked for, and a page of it by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from okno.core.actor import Actor
from okno.core.search.rules import read_question, written
from okno.core.search.written import Written
from okno.tickets.filters.paging import RELATED, Cursor, Page, beyond, cut_to_page, order_of, rows_of_list
from okno.tickets.filters.query import matching_tickets
from okno.tickets.filters.ticket_filter import TicketFilter
from okno.tickets.models import Participant, Ticket
from okno.tickets.search.windows import in_memory
from okno.workflow.rules import State

WHOSE = ("mine", "others")
SORTS = ("-activity", "-created", "created", "-number", "number")
LONGEST_QUESTION = 200


@dataclass(frozen=True)
class RequestFilter:
    """A client's list query: the journal of closed requests or those that are open, narrowed by what is set.

    ``whose`` tells one's own requests from those of colleagues; ``since`` and ``until`` are days of registration;
    ``q`` is searched for in what clients may read (``RequestSearch``), never in the agents' search rows (T20).
    """

    closed: bool = False
    state: str = ""
    kind: str = ""
    company: int | None = None
    whose: str = ""
    since: date | None = None
    until: date | None = None
    q: str = ""
    sort: str = "-activity"

    @property
    def as_tickets(self) -> TicketFilter:
        """The part that every list of tickets understands."""
        return TicketFilter(
            section="closed" if self.closed else "active",
            states=(self.state,) if self.state else (),
            types=(self.kind,) if self.kind else (),
            company=self.company,
            sort=self.sort,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether more than the list itself is asked for."""
        return self != RequestFilter(closed=self.closed, sort=self.sort)

    def as_query(self) -> dict[str, str]:
        """The parameters of an address from which ``read_request_filter`` makes an equal filter."""
        values = {
            name: getattr(self, name) for name in ("state", "kind", "company", "whose", "since", "until", "q")
        }
        query = {name: str(value) for name, value in values.items() if value}
        return query if self.sort == "-activity" else query | {"sort": self.sort}


def read_request_filter(query: Mapping[str, str], *, closed: bool) -> RequestFilter:
    """What an address asks for; a value that means nothing is passed over, as if it were not there."""
    company = query.get("company", "")
    state, whose, sort = query.get("state", ""), query.get("whose", ""), query.get("sort", "")
    return RequestFilter(
        closed=closed,
        state=state if state in set(State) and not closed else "",
        kind=query.get("kind", "")[:100],
        company=int(company) if company.isascii() and company.isdigit() and len(company) < 19 else None,
        whose=whose if whose in WHOSE else "",
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        q=query.get("q", "").strip()[:LONGEST_QUESTION],
        sort=sort if sort in SORTS else "-activity",
    )


def matching_requests(actor: Actor, chosen: RequestFilter) -> QuerySet[Ticket]:
    """The tickets that the person sees and the filter asks for, in no order."""
    found = matching_tickets(actor, chosen.as_tickets)
    if chosen.whose:
        own = Q(Exists(Participant.objects.filter(ticket=OuterRef("pk"), contact=actor.id)))
        found = found.filter(own if chosen.whose == "mine" else ~own)
    if chosen.since:
        found = found.filter(created_at__gte=_midnight(chosen.since))
    if chosen.until:
        found = found.filter(created_at__lt=_midnight(chosen.until + timedelta(days=1)))
    if chosen.q:
        text = written(read_question(chosen.q))
        found = found.filter(public_search__vector=Written(text)) if text else found.none()
    return found


def ordered_requests(actor: Actor, chosen: RequestFilter, cursor: Cursor | None = None) -> QuerySet[Ticket]:
    """The same in the order of the list, from the cursor on, with what rows and exports show.

    What is searched for is sorted when all is found: walking an order's index for a word that is nowhere would read
    every ticket.
    """
    base, back = chosen.as_tickets, cursor is not None and cursor.back
    found = matching_requests(actor, chosen)
    if cursor is not None:
        found = found.filter(beyond(base, cursor))
    if chosen.q:
        found = in_memory(found, *base.sort_columns, descending=base.is_descending != back)
    else:
        found = found.order_by(*order_of(base, reverse=back))
    return found.select_related(*RELATED)


def page_of_requests(actor: Actor, chosen: RequestFilter, cursor: Cursor | None, limit: int) -> Page[Ticket]:
    """A page of the list."""
    if chosen == RequestFilter(closed=chosen.closed, state=chosen.state, company=chosen.company, sort=chosen.sort):
        found = rows_of_list(actor, chosen.as_tickets, cursor, limit + 1).select_related(*RELATED)
    else:
        found = ordered_requests(actor, chosen, cursor)[: limit + 1]
    rows = list(found)
    return cut_to_page(chosen.as_tickets, rows, cursor, limit)


def sees_requests_of_others(actor: Actor) -> bool:
    """Whether the person sees requests in which he takes no part, so that telling them apart has a sense."""
    own = Participant.objects.filter(ticket=OuterRef("pk"), contact=actor.id)
    return matching_tickets(actor, TicketFilter()).filter(~Exists(own)).exists()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1970 <= day.year < 9000 else None
