import pytest
from hypothesis import given
from hypothesis import strategies as st

from openresponse.report.prose import signals

STEADY = [10.0, 12.0] * 6


def test_limits_lie_2_66_mean_moving_ranges_from_the_mean():
    chart = signals.chart(STEADY)
    assert (chart.mean, chart.lower, chart.upper) == pytest.approx(
        (11, 11 - 2.66 * 2, 11 + 2.66 * 2)
    )


def test_fewer_than_twelve_values_give_no_chart():
    assert signals.chart(STEADY[:-1]) is None


def test_a_value_beyond_the_limits_is_a_signal():
    assert signals.chart([*STEADY, 30.0]).last_is_signal
    assert not signals.chart([*STEADY, 12.0]).last_is_signal


def test_the_seventh_value_on_one_side_of_the_mean_is_a_signal():
    values = [1.0, 1.1] * 6 + [1.2] * 7
    assert signals.chart(values).signals[-2:] == (signals.chart(values).signals[-2], True)
    assert not signals.chart([1.0, 1.2] * 12).last_is_signal


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([*STEADY, 30.0], "it lies above the limits of normal variation"),
        ([*STEADY, 0.0], "it lies below the limits of normal variation"),
        ([*STEADY, *[13.0] * 6, 12.0], "the last 7 values all lie above the mean"),
        ([*STEADY, 12.0], ""),
    ],
)
def test_a_signal_says_its_rule_and_its_side(values, said):
    chart = signals.chart(values)
    assert chart.why == said and chart.last_is_signal == bool(said)


def test_a_missing_value_is_not_zero_and_breaks_a_run():
    with_gap = signals.chart([*STEADY, None, 12.0])
    assert with_gap.mean == pytest.approx(11, abs=0.1) and not with_gap.signals[-2]


def test_limits_stop_where_the_quantity_does():
    chart = signals.chart([0.95, 0.99] * 8, ceiling=1.0)
    assert chart.upper == 1.0 and chart.lower >= 0


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=12, max_size=40))
def test_a_missing_value_is_never_a_signal(values):
    chart = signals.chart(values, ceiling=1.0)
    if chart:
        assert not any(
            flag for flag, value in zip(chart.signals, values, strict=True) if value is None
        )
