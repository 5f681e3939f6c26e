"""Registers too large for their pages to show all of them."""

from tests.conftest import Register

PARTNERS, OF_ONE = 1100, 1300
"""Of ``of_many_partners``: so many partners, and so many agreements more of the first."""

CITIES, OF_EACH, OF_LJUBLJANA = 60, 40, 450
"""Of ``of_many_agreements``: so many cities with so many agreements, and those of Ljubljana."""


def of_many_partners() -> Register:
    """A tie with each of 1,100 cities, and 1,300 with one of them; one city in three has ended."""
    register = Register()
    for number in range(PARTNERS):
        city = register.partner(
            f"city-{number:04}",
            country_code=("SI", "AT")[number % 2],
            latitude=f"{46 + number % 2 + number % 7 * 0.1:.1f}",
            longitude=f"{13.5 + number % 11 * 0.1:.1f}",
        )
        end = "2010" if number % 3 == 0 else ""
        register.agreement(f"of-{number:04}", partner_id=city, signed_on="2000", valid_to=end)
    register.partner_name("Семёновск", partner_id="city-0700")
    for number in range(OF_ONE):
        register.agreement(
            f"many-{number:04}",
            partner_id="city-0000",
            title=f"Plan {number:04}",
            signed_on=f"{2001 + number % 20}",
        )
    return register


def of_many_agreements() -> Register:
    """Sixty partners with forty agreements each, and Ljubljana with 450: one ends on each day."""
    register = Register()
    for number in range(CITIES):
        partner = register.partner(f"city-{number:02}", name=f"City {number:02}")
        for at in range(OF_EACH):
            _agreement(register, partner, at)
    for at in range(OF_LJUBLJANA):
        agreement = _agreement(register, "ljubljana", at)
        if at % 3 == 0:
            register.event("suspended", f"2020-{1 + at % 12:02}-01", agreement_id=agreement)
    return register


def _agreement(register: Register, partner: str, at: int) -> str:
    year = 1980 + at % 40
    agreement = register.agreement(
        f"{partner}-{at}",
        partner_id=partner,
        title=f"Programme {at}",
        signed_on=f"{year}-{1 + at // 40:02}-01",
        valid_to="2022-12-31" if at % 2 else str(year + 1),
    )
    register.label("kultura", agreement_id=agreement)
    return agreement
