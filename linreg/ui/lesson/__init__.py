"""What every page of the lesson is made of: words, formula, picture, question, code, the way on."""
