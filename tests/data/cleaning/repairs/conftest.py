import pytest

from linreg.data.cleaning.repairs import lazy_columns


@pytest.fixture(params=["at once", "at each access"])
def when(request, monkeypatch):
    """Small tables are changed at once, large ones when looked at: the same must come out."""
    if request.param == "at each access":
        monkeypatch.setattr(lazy_columns, "MAX_EAGER_CELLS", 0)
