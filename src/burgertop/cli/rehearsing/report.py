"""What a rehearsal says at its end: plain sentences, or JSON."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict

from burgertop.cli.rehearsing.figures import Figure

__all__ = ["as_json", "as_text", "exit_code_of"]

GOOD, MISSED, VOID = 0, 1, 3


def exit_code_of(figures: Sequence[Figure]) -> int:
    """0 when everything is within its bound, 3 when a figure says more of the measuring, else 1."""
    if any(figure.is_void for figure in figures):
        return VOID
    return GOOD if all(figure.is_met for figure in figures) else MISSED


def as_text(figures: Sequence[Figure], *, tables: int, viewers: int) -> str:
    """Say it to somebody who has to decide whether this machine will do."""
    lines = [f"{tables} tables and {viewers:,} viewers on this machine ({os.cpu_count()} processors):", ""]
    lines += [_line(figure) for figure in figures]
    return "\n".join([*lines, "", _verdict(figures)])


def as_json(figures: Sequence[Figure], *, tables: int, viewers: int) -> str:
    """Say it to a program."""
    rows = [{**asdict(figure), "is_met": figure.is_met, "is_void": figure.is_void} for figure in figures]
    told = {"tables": tables, "viewers": viewers, "processors": os.cpu_count(), "figures": rows}
    return json.dumps({**told, "exit_code": exit_code_of(figures)}, indent=2)


def _line(figure: Figure) -> str:
    sign = "void" if figure.is_void else "yes " if figure.is_met else "NO  "
    value = f"{figure.value:,.3f}" if figure.unit == "of the floor" else f"{figure.value:,.0f}"
    told = f"{sign}  {figure.name}: {value} {figure.unit}"
    if figure.p50:
        told += f" (half of them within {figure.p50:,.0f})"
    if figure.most:
        told += f", at most {figure.most:,.0f} wanted"
    if figure.least:
        told += f", at least {figure.least:g} wanted"
    if figure.wanted:
        lost = figure.wanted - figure.came
        told += f"; {figure.came:,} of {figure.wanted:,} came" if lost else f"; all {figure.wanted:,} came"
    if figure.lag:
        told += f"; measured {figure.lag:,.0f} ms late"
    return f"  {told}"


def _verdict(figures: Sequence[Figure]) -> str:
    code = exit_code_of(figures)
    if code == VOID:
        return (
            "This run says more of the measuring than of the server: it was itself too late. "
            "Run it when the machine is quiet, or measure from a second machine."
        )
    if code == MISSED:
        return "Not everything is within its bound. docs/run/rehearse.md says what helps."
    return "This machine is ready."
