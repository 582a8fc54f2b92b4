"""Drafts a form from reports of a questionnaire that no form covers."""
