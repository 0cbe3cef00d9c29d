from linreg.ui.lesson import page

page.opening("flow", "…")
page.way_on("flow")
