"""What the README tells people to run, runs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docs.transcripts import HOUSE

BIN = Path(sys.executable).parent


def run(command: list[str], cwd: Path) -> str:
    """What a command prints; it must end well and complain of nothing."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "VACATUR_HOME": str(cwd / "home")}
    ran = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "Traceback" not in ran.stderr
    return ran.stdout


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """A copy of the examples, so that nothing is written into the house."""
    return Path(shutil.copytree(HOUSE / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("out")))


def test_the_demo(examples: Path) -> None:
    printed = run(["bash", str(examples / "demo.sh")], examples)
    assert "○ Permitted: a US person may buy its securities on 20 March 2021." in printed
    assert "■ Prohibited: a US person may not buy its securities on 20 March 2021." in printed
    assert "replayed: identical" in printed
    assert "entries hold" in printed
    assert "<svg" in (examples / "out" / "xiaomi.html").read_text("utf-8")


def test_the_portfolio_from_python(examples: Path) -> None:
    printed = run([sys.executable, str(examples / "portfolio.py")], examples)
    assert "China Mobile Limited: prohibited" in printed
    assert "Xiaomi Corp.:" not in printed
