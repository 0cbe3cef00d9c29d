from linreg.ui.lesson import page

page.opening("update", "…")
page.way_on("update")
