"""The app: the only part of linreg that imports Streamlit, Plotly and Starlette.

shell, sidebar       the frame of every page; the data and training controls
state/, upload/      what a tab keeps; tables on their way into it
lesson/, data_page/  the parts of the pages
stage/, server/      the component and its JavaScript; files for the browser
streamlit_internals  all that is not Streamlit's public interface
"""
