"""A made-up nation, to measure and to try on: as many people, posts and papers as the country has.

`plan` says how big what is, `register` what is required, `people` and `papers` make the rows of one municipality,
`loading` puts them in place. Everything follows from the seed and the day the loading began.
"""
