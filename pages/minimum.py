from linreg.ui.lesson import page

page.opening("minimum", "…")
page.way_on("minimum")
