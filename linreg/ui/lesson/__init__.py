"""The parts of every page of the lesson.

page, contents     the frame of a page; the pages in order
formula, glossary  terms with the colours of the picture; definitions on hover
question, views/   questions with explained answers; views of single pages
"""
