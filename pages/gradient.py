from linreg.ui.lesson import page

page.opening("gradient", "…")
page.way_on("gradient")
