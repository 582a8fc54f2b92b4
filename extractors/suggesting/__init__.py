"""What a report shows of its questionnaire when no form is known: the draft of a form for it."""
