"""Everything that knows a screen: the only part of linreg that imports Streamlit and Plotly."""
