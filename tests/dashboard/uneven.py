"""A small register in which no two numbers that could be mixed up are equal."""

from tests.conftest import Register

ON_DAY = "2022-03-01"
"""The day for which its numbers are worked out, with the horizon of 180 days."""


def uneven_register() -> Register:
    """Windows on ON_DAY, and who ended or suspended what.

    - zagreb-2020: ends 2022-05-31, in 91 days, expiring
    - ljubljana-2018 and oslo-2019: both end 2023-01-31, in 336 days
    - ankara-2021: ends 2024-03-31, in 761 days
    - graz-2015: ran out with 2018 (one source says 2019): lapsed
    - kyiv-2011 ran out with 2013; kyiv-1992, without an end, terminated in 2016 by Kyiv
    - turku-2010 terminated in April 2014 by Moscow: lapsed
    - vilnius-2003 terminated on 5 June 2015 by both sides
    - riga-1998 terminated in 2017 by nobody named
    - bonn-2001: announced 1999-04-01, signed 2001-05-05, no end stated
    - ankara-, oslo- and zagreb-capitals: one text of 2021 on whose day sources disagree, in
      Ankara's record also on its place
    """
    register = Register()
    names = {"ljubljana": "Ljubljana"}
    for identity, name, country in (
        ("zagreb", "Zagreb", "HR"),
        ("oslo", "Oslo", "NO"),
        ("ankara", "Ankara", "TR"),
        ("graz", "Graz", "AT"),
        ("kyiv", "Kyiv", "UA"),
        ("turku", "Turku", "FI"),
        ("vilnius", "Vilnius", "LT"),
        ("riga", "Riga", "LV"),
        ("bonn", "Bonn", "DE"),
    ):
        register.partner(identity, name=name, country_code=country)
        names[identity] = name
    register.source("gazette", publisher="Gazette", published_on="2021-11-02")

    def signed(agreement_id: str, day: str, **cells: str) -> None:
        partner = agreement_id.split("-")[0]
        register.agreement(
            agreement_id,
            partner_id=partner,
            title=f"Pact of {names[partner]} {day[:4]}",
            signed_on=day,
            **cells,  # type: ignore[arg-type]
        )

    signed("zagreb-2020", "2020-01-10", valid_to="2022-05-31")
    signed("ljubljana-2018", "2018-01-15", valid_to="2023-01-31")
    signed("oslo-2019", "2019-06-01", valid_to="2023-01-31")
    signed("ankara-2021", "2021-02-01", valid_to="2024-03-31")
    signed("graz-2015", "2015-03-02", valid_to="2018", note="A note on Graz.")
    register.statement("graz-2015", "valid_to", "2019", "gazette")
    signed("kyiv-1992", "1992-07-08", instrument="twinning")
    signed("kyiv-2011", "2011-03-21", valid_to="2013")
    signed("turku-2010", "2010-05-05", valid_to="2019")
    signed("vilnius-2003", "2003-02-03")
    signed("riga-1998", "1998-09-09")
    signed("bonn-2001", "2001-05-05")
    for partner in ("ankara", "oslo", "zagreb"):
        identity = f"{partner}-capitals"
        signed(identity, "2021-10-01", multilateral_id="capitals", signed_in="Moscow")
        register.statement(identity, "signed_on", "2021-10-02", "gazette")
    register.statement("ankara-capitals", "signed_in", "Ankara", "gazette")

    for agreement_id, day, actor in (
        ("kyiv-1992", "2016-02-11", "partner"),
        ("turku-2010", "2014-04", "moscow"),
        ("vilnius-2003", "2015-06-05", "both"),
        ("riga-1998", "2017", ""),
    ):
        partner = agreement_id.split("-")[0]
        register.event(
            "terminated", day, actor=actor, agreement_id=agreement_id, partner_id=partner
        )
    register.event("announced", "1999-04-01", agreement_id="bonn-2001", partner_id="bonn")
    return register
