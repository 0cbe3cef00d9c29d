from linreg.ui.lesson import page

page.opening("loss", "…")
page.way_on("loss")
