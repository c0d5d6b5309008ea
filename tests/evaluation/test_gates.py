"""Gates name metrics and thresholds; one that is not kept ends with exit code 10."""

import json

import pytest

from pipeline.errors import GateFailed, UsageError
from pipeline.evaluation import gates


def read(tmp_path, content):
    path = tmp_path / "gate.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return gates.read(path)


def test_errors_must_be_at_most_and_shares_at_least_their_threshold(tmp_path):
    wanted = read(tmp_path, {"_why": "a comment", "f1.count": 0.9, "line_cer.R.clean": 0.01, "missing": 0})
    assert gates.failures({"f1.count": 0.9, "line_cer.R.clean": 0.01, "missing": 0}, wanted) == []
    failed = gates.failures({"f1.count": 0.89, "line_cer.R.clean": 0.02, "missing": 1}, wanted)
    assert failed[0] == "gate f1.count: 0.8900, must be at least 0.9"
    assert failed[1] == "gate line_cer.R.clean: 0.0200, must be at most 0.01"
    assert len(failed) == 3


def test_metric_without_data_fails(tmp_path):
    assert gates.failures({}, read(tmp_path, {"f1.person": 0.5})) == ["gate f1.person: no data"]


def test_failed_gate_ends_with_exit_code_10():
    gates.require([])
    with pytest.raises(GateFailed, match="1 of the gates failed: gate f1: no data") as error:
        gates.require(["gate f1: no data"])
    assert error.value.exit_code == 10


@pytest.mark.parametrize("content", ["{", "[]", {"f1.count": "high"}, {"f1.count": True}])
def test_gate_file_that_is_none_ends_with_exit_code_2(tmp_path, content):
    with pytest.raises(UsageError, match=r"gate\.json") as error:
        read(tmp_path, content)
    assert error.value.exit_code == 2
