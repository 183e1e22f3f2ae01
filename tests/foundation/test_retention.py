from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

from kompetanse.domains.logistics.models import ParticipantNeed
from kompetanse.foundation import privacy, retention
from kompetanse.foundation.privacy import Keep, Tenancy


def declaring(keep: Keep) -> Any:
    """A class that says this of itself, as a model would."""
    data = type("Data", (), {"tenancy": Tenancy.OWN, "purpose": "To try.", "keep": keep})
    meta = SimpleNamespace(abstract=False, proxy=False)
    return type("Tried", (), {"__module__": "kompetanse.tried", "_meta": meta, "Data": data})


class TestDays:
    def test_what_is_kept_for_days_is_past_the_day_after_them(self) -> None:
        assert retention.past(ParticipantNeed, date(2027, 3, 8)) == Q(run_ends_on__lt=date(2027, 3, 1))

    def test_belong_to_those_that_the_clock_finds(self) -> None:
        assert ParticipantNeed in set(retention.with_own_clock(Tenancy.OWN))

    @pytest.mark.parametrize("keep", [Keep("the run", days=7), Keep("the run", years=1, days=7, when="run_ends_on")])
    def test_count_from_a_day_and_instead_of_years(self, keep: Keep) -> None:
        with pytest.raises(ImproperlyConfigured, match="days or years"):
            privacy.check_declaration(declaring(keep))
