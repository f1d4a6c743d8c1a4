"""Reads of a consultation, by subject; a later stage reads through these."""

from burgertop.stages.consultation.queries.ideas import ideas_by_id
from burgertop.stages.consultation.queries.ratings import Counts, counted
from burgertop.stages.consultation.queries.themes import agenda_of, ideas_under, themes_of
from burgertop.stages.consultation.queries.votes import vote_of

__all__ = ["Counts", "agenda_of", "counted", "ideas_by_id", "ideas_under", "themes_of", "vote_of"]
