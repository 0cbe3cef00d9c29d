from linreg.ui.lesson import page

page.opening("rate", "…")
page.way_on("rate")
