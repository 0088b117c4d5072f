"""A skeleton is a sentence without its facts."""

from commentary.languages import language
from commentary.languages.skeletons import skeleton
from commentary.records.spelled import Mention

TEXT = "Seen first. Bitcoin fell 2.5% on Binance, to $60,593."
MENTIONS = (
    Mention(12, 19, "move", "asset^", "move"),
    Mention(20, 29, "move", "moved", "move"),
    Mention(30, 40, "price", "at_venue", "price"),
    Mention(45, 52, "price", "price", "price"),
)
QUANTITIES = {"move": "delta", "price": "level"}


def test_figures_become_their_quantity_and_names_their_type():
    found = skeleton(TEXT, 12, len(TEXT), MENTIONS, QUANTITIES, language("en"))
    assert found == "<asset> <delta> <at_venue>, to <level>."


def test_the_sentence_beside_it_is_left_out():
    assert skeleton(TEXT, 0, 11, MENTIONS, QUANTITIES, language("en")) == "seen first."


def test_a_name_in_another_form_has_the_same_skeleton():
    one = skeleton("Bitcoin's map", 0, 13, [Mention(0, 9, "move", "asset_s^", "a")], QUANTITIES, language("en"))
    other = skeleton("bitcoin map", 0, 11, [Mention(0, 7, "move", "asset_lower", "a")], QUANTITIES, language("en"))
    assert one == other == "<asset> map"


def test_a_hedge_and_a_house_form_belong_to_the_figure():
    text = "about $1.07bn"
    mention = Mention(0, 13, "price", "about:usd~$1.07bn", "a")
    assert skeleton(text, 0, 13, [mention], QUANTITIES, language("en")) == "<level>"
