"""What a sentence claims by its shape, where a list of words would have to name every verb.

These are rules of roles, direction and wording; a file is about one kind of claim. Both ends of what is said are looked
up, and where both are at hand the order is computed.
"""

from collections.abc import Callable, Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.absences import lacking
from commentary.checks.shapes.ages import fresh, older
from commentary.checks.shapes.antecedents import antecedent
from commentary.checks.shapes.bands import banded
from commentary.checks.shapes.belongs import fronted, level_as_change, of_the_total, settled_before, than_most
from commentary.checks.shapes.book_sides import absorbed, against_side, way_to
from commentary.checks.shapes.books import against_figure, before_that, books, rose_from
from commentary.checks.shapes.calendar_dates import event_time
from commentary.checks.shapes.changes import coin_or_dollars, each_unit, either_way, together, typical
from commentary.checks.shapes.costs import dearer, rate_paid_by
from commentary.checks.shapes.days import days_told, smallest
from commentary.checks.shapes.distances import in_range, nearer
from commentary.checks.shapes.ends import changed_to, price_as_change, to_level, way_to_level, went
from commentary.checks.shapes.escapes import unhurt, unpaid
from commentary.checks.shapes.existence import existing
from commentary.checks.shapes.expiries import days_as_count, expiry_day, until_expiry
from commentary.checks.shapes.extremes import extremes, swung
from commentary.checks.shapes.flows import before_flow, flow_sign, flow_window
from commentary.checks.shapes.from_to import interval_turned, took, turned_about
from commentary.checks.shapes.givers import agreed, alike, covered, gaps, of_two
from commentary.checks.shapes.held_days import held_days, several
from commentary.checks.shapes.levels import beyond, reached, unreached
from commentary.checks.shapes.most import assets, larger_part, leading, more_of, mostly
from commentary.checks.shapes.moves import hardly, map_window, moved, still, was_higher
from commentary.checks.shapes.multiples import even, outpaced, times_of_two
from commentary.checks.shapes.occasions import gone, of_source, of_time, of_venue, silent, states
from commentary.checks.shapes.one_level import of_largest, one_level
from commentary.checks.shapes.one_sided import one_sided
from commentary.checks.shapes.other_days import other_day_ahead
from commentary.checks.shapes.outdone import outdone, parts_of_sides, shared
from commentary.checks.shapes.peaks import peaks
from commentary.checks.shapes.places import (
    called_end,
    consisting,
    ends_of_map,
    ends_of_moves,
    level_forces,
    own_levels,
    placed,
)
from commentary.checks.shapes.positions import position_funding, position_life, position_told
from commentary.checks.shapes.quotes import quotes
from commentary.checks.shapes.ranks import all_but, bigger_day, every_day, ordinary, rank
from commentary.checks.shapes.set_against import hardly_any, near_median, set_against
from commentary.checks.shapes.sides_agree import agreeing
from commentary.checks.shapes.single_order import largest_order
from commentary.checks.shapes.splits import confined, totals, unsplit
from commentary.checks.shapes.spreads import gap_told, over_spot, paid_more, per_year
from commentary.checks.shapes.stamps import aged, current, dated, newest, ordered, part_of_day, within_hour
from commentary.checks.shapes.stands import standing
from commentary.checks.shapes.turns import first_of, further, largest_day, regained, since_when, week_counts
from commentary.checks.shapes.uncounted import crowds, part_closed, timed_within
from commentary.checks.shapes.unheld import attributes, of_asset, recorded, tells_how, unpriced, unsplit_sides
from commentary.checks.shapes.units import currency, intervals, price_type
from commentary.checks.shapes.venues import apart, off_price, share_of, still_apart
from commentary.checks.shapes.verbs import mild, strong
from commentary.checks.shapes.ways import from_it, ways
from commentary.checks.shapes.wholes import band_edges, gap_in_time, lone_order, whole_market
from commentary.checks.shapes.whose import given_by, told_by
from commentary.checks.supposed import supposes
from commentary.records.finding import Finding

Shape = Callable[[Document, Statement], Iterator[Finding]]

_STATED: tuple[Shape, ...] = (
    rate_paid_by,
    placed,
    own_levels,
    ends_of_moves,
    agreeing,
    other_day_ahead,
    outdone,
    shared,
    parts_of_sides,
    days_told,
    smallest,
    one_sided,
    standing,
    lone_order,
    whole_market,
    gap_in_time,
    times_of_two,
    either_way,
    even,
    beyond,
    given_by,
    told_by,
    band_edges,
    nearer,
    level_forces,
    called_end,
    consisting,
    ends_of_map,
    unsplit,
    totals,
    currency,
    price_type,
    intervals,
    strong,
    mild,
    largest_order,
    covered,
    gaps,
    all_but,
    books,
    against_figure,
    ways,
    from_it,
    of_largest,
    one_level,
    absorbed,
    to_level,
    way_to_level,
    went,
    changed_to,
    price_as_change,
    against_side,
    way_to,
    fronted,
    of_venue,
    of_source,
    of_time,
    states,
    gone,
    silent,
    flow_sign,
    flow_window,
    before_flow,
    event_time,
    expiry_day,
    until_expiry,
    days_as_count,
    turned_about,
    interval_turned,
    took,
    position_told,
    position_funding,
    position_life,
    gap_told,
    paid_more,
    per_year,
    over_spot,
    apart,
    off_price,
    still_apart,
    share_of,
    since_when,
    first_of,
    further,
    week_counts,
    largest_day,
    regained,
)
"""Rules of what is told, under a condition too."""
_ASSERTED: tuple[Shape, ...] = (
    dearer,
    confined,
    of_two,
    agreed,
    alike,
    rank,
    every_day,
    bigger_day,
    ordinary,
    in_range,
    coin_or_dollars,
    together,
    typical,
    each_unit,
    set_against,
    near_median,
    hardly_any,
    older,
    fresh,
    dated,
    ordered,
    aged,
    current,
    newest,
    part_of_day,
    within_hour,
    held_days,
    several,
    banded,
    extremes,
    swung,
    mostly,
    assets,
    leading,
    larger_part,
    more_of,
    lacking,
    unpaid,
    unhurt,
    unreached,
    reached,
    moved,
    was_higher,
    still,
    hardly,
    map_window,
    peaks,
    quotes,
    part_closed,
    settled_before,
    of_the_total,
    crowds,
    than_most,
    level_as_change,
    antecedent,
    timed_within,
    outpaced,
    before_that,
    rose_from,
)
"""Rules of what is told as so."""

_HELD: tuple[Shape, ...] = (existing, of_asset, unpriced, tells_how, attributes, recorded, unsplit_sides)
"""Rules of what is at hand; where the field itself says what is not, they are silent."""


def shapes(document: Document, statement: Statement) -> Iterator[Finding]:
    """Yield claims that the facts have otherwise."""
    if statement.asks:
        return
    for rule in _STATED:
        yield from rule(document, statement)
    if statement.field.part not in ("unknowns", "heading") and not statement.field.heading_says_absent:
        for rule in _HELD:
            yield from rule(document, statement)
    if supposes(statement.scene) or statement.scene.said("ruled"):
        return
    for rule in _ASSERTED:
        yield from rule(document, statement)
